package dev.cloudtask.labs.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text with regions. A region begins with a comment line {@code >>> 1.3} and ends with a comment
 * line {@code <<<}; regions do not nest, and a name occurs once.
 *
 * @param pieces in the order of the text
 */
record MarkedText(List<Piece> pieces) {
  private static final String BEGIN = ">>>";
  private static final String END = "<<<";

  MarkedText {
    pieces = List.copyOf(pieces);
  }

  /** A run of lines, inside a region or between regions. */
  sealed interface Piece {
    /** Returns the lines without the marks. */
    List<String> lines();
  }

  /** Lines that every student has. */
  record Shared(List<String> lines) implements Piece {
    Shared {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Lines of a step.
   *
   * @param line the line of its first mark, from 1
   */
  record Region(RegionName name, int line, List<String> lines) implements Piece {
    Region {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Reads a text.
   *
   * @param file as shown to people
   * @throws SourceException if the kind of file is not supported, or a mark is malformed, nested,
   *     left open, closed without being opened, or given twice
   */
  static MarkedText parse(String file, String text) {
    MarkStyle style =
        MarkStyle.of(file)
            .orElseThrow(
                () ->
                    new SourceException(
                        file,
                        0,
                        "files of this kind cannot have marks: MarkStyle does not know it."));
    Map<String, Region> regions = new LinkedHashMap<>();
    List<Piece> pieces = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    @Nullable RegionName open = null;
    int openLine = 0;
    int number = 0;
    for (String line : lines(text)) {
      number++;
      String mark = mark(style, line).orElse("");
      if (mark.isEmpty()) {
        lines.add(line);
      } else if (mark.startsWith(BEGIN)) {
        if (open != null) {
          throw new SourceException(
              file,
              number,
              "a region begins inside region "
                  + open.text()
                  + " of line "
                  + openLine
                  + "; regions do not nest. Close that one first, with "
                  + END);
        }
        pieces.add(new Shared(lines));
        lines.clear();
        open = name(file, number, mark.substring(BEGIN.length()).strip());
        openLine = number;
      } else {
        if (!mark.equals(END)) {
          throw new SourceException(file, number, "after " + END + " nothing may follow: " + mark);
        }
        if (open == null) {
          throw new SourceException(file, number, "no region is open here that could end.");
        }
        Region region = new Region(open, openLine, lines);
        Region first = regions.putIfAbsent(open.text(), region);
        if (first != null) {
          throw new SourceException(
              file,
              openLine,
              "region "
                  + open.text()
                  + " is there already, in line "
                  + first.line()
                  + ". Give one of them a name of its own, such as "
                  + open.text()
                  + "-more.");
        }
        pieces.add(region);
        lines.clear();
        open = null;
      }
    }
    if (open != null) {
      throw new SourceException(file, openLine, "region " + open.text() + " never ends.");
    }
    pieces.add(new Shared(lines));
    return new MarkedText(pieces);
  }

  /**
   * Makes sure that a file that should have no marks has none.
   *
   * @throws SourceException if it has
   */
  static void requireUnmarked(String file, String text) {
    Optional<MarkStyle> style = MarkStyle.of(file);
    int number = 0;
    for (String line : lines(text)) {
      number++;
      if (style.isPresent() && mark(style.orElseThrow(), line).isPresent()) {
        throw new SourceException(
            file, number, "a mark in a file that labs/skeleton.rules does not call \"marked\".");
      }
    }
  }

  /** Returns the regions by name. */
  Map<String, Region> regions() {
    Map<String, Region> found = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      if (piece instanceof Region region) {
        found.put(region.name().text(), region);
      }
    }
    return found;
  }

  private static RegionName name(String file, int line, String text) {
    return RegionName.parse(text)
        .orElseThrow(
            () ->
                new SourceException(
                    file,
                    line,
                    "\""
                        + text
                        + "\" names no region. Write a lab (2), a step (1.3) or a place of a"
                        + " step (1.3-outputs), and if its stub is working code of an"
                        + " earlier lab, that lab (6-list after 4)."));
  }

  private static Optional<String> mark(MarkStyle style, String line) {
    return style
        .comment(line)
        .filter(comment -> comment.startsWith(BEGIN) || comment.startsWith(END));
  }

  /** Splits into lines; the line end after the last one is not a line. */
  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }
}
