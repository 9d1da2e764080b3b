package dev.cloudtask.labs.checkpoint;

import dev.cloudtask.labs.checkpoint.MarkedText.Piece;
import dev.cloudtask.labs.checkpoint.MarkedText.Region;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A student's project at some point of the course, derived from {@code solutions/} and {@code
 * labs/}: what is done by then is the solution's, the rest are stubs. The project's frame (pom,
 * wrapper, README) is the archetype's and not part of it.
 */
public final class Checkpoint {
  private final Map<String, byte[]> files;

  private Checkpoint(Map<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Derives a checkpoint.
   *
   * @param repository the folder with {@code solutions/} and {@code labs/}
   * @throws SourceException if the sources are not in order
   */
  public static Checkpoint derive(Path repository, Progress progress) throws IOException {
    return new Derivation(repository, progress).run();
  }

  /** Returns a text file of the checkpoint. */
  public String text(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException(name + " is not among " + files.keySet());
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  /** Returns the names of all files, with slashes, in order. */
  public Set<String> names() {
    return files.keySet();
  }

  /** Writes all files into a folder; files that are there already and equal are left alone. */
  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** The work of deriving, which happens once. */
  private static final class Derivation {
    private static final String RULES = "labs/skeleton.rules";

    private final Path repository;
    private final Progress progress;
    private final List<LabFolder> labs;
    private final Rules rules;
    private final LeakScan leaks = new LeakScan();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> toScan = new LinkedHashMap<>();
    private final Set<Path> usedStubs = new HashSet<>();

    Derivation(Path repository, Progress progress) throws IOException {
      this.repository = repository;
      this.progress = progress;
      this.labs = LabFolder.in(repository.resolve("labs"));
      this.rules = Rules.parse(RULES, SourceFiles.read(RULES, repository.resolve(RULES)));
    }

    Checkpoint run() throws IOException {
      for (Map.Entry<String, Path> file :
          SourceFiles.under(repository.resolve("solutions")).entrySet()) {
        derive(file.getKey(), file.getValue());
      }
      rules.requireAllUsed();
      for (LabFolder lab : labs) {
        for (Map.Entry<String, Path> stub : lab.stubs().entrySet()) {
          if (!usedStubs.contains(stub.getValue())) {
            throw new SourceException(
                lab.shown("stubs/" + stub.getKey()), 0, "stands for nothing in solutions/.");
          }
        }
        for (Map.Entry<String, Path> given : lab.given().entrySet()) {
          add(given.getKey(), Files.readAllBytes(given.getValue()));
          if (given.getKey().endsWith(".java")) {
            String shown = "labs/" + repository.resolve("labs").relativize(given.getValue());
            toScan.put(shown.replace('\\', '/'), SourceFiles.read(shown, given.getValue()));
          }
        }
      }
      toScan.forEach(leaks::check);
      return new Checkpoint(files);
    }

    private void derive(String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      Rules.Rule rule = rules.of(Path.of(name));
      switch (rule.kind()) {
        case GIVEN -> {
          if (MarkStyle.of(name).isPresent()) {
            String text = SourceFiles.read(shown, file);
            MarkedText.requireUnmarked(shown, text);
            MarkedText.lines(text).forEach(leaks::hasByRight);
          }
          add(name, Files.readAllBytes(file));
        }
        case MARKED -> add(name, marked(name, file).getBytes(StandardCharsets.UTF_8));
        case STUB -> {
          LabFolder lab = lab(RULES, rule.line(), rule.lab());
          Path stub = lab.stub(name);
          usedStubs.add(stub);
          String stubShown = lab.shown("stubs/" + name);
          if (!Files.exists(stub)) {
            throw new SourceException(
                shown,
                0,
                "line " + rule.line() + " of " + RULES + " asks for a stub: " + stubShown);
          }
          if (!addIfSolved(rule, name, file)) {
            String text = SourceFiles.read(stubShown, stub);
            MarkedText.requireUnmarked(stubShown, text);
            add(name, text.getBytes(StandardCharsets.UTF_8));
            toScan.put(stubShown, text);
          }
        }
        case ABSENT -> addIfSolved(rule, name, file);
        case NEVER -> {
          // Stays here.
        }
      }
    }

    private boolean addIfSolved(Rules.Rule rule, String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      String text = SourceFiles.read(shown, file);
      MarkedText.requireUnmarked(shown, text);
      List<String> lines = MarkedText.lines(text);
      if (!progress.covers(rule.lab())) {
        for (int i = 0; i < lines.size(); i++) {
          leaks.withhold(name, i + 1, lines.get(i));
        }
        return false;
      }
      lines.forEach(leaks::hasByRight);
      add(name, text.getBytes(StandardCharsets.UTF_8));
      return true;
    }

    private String marked(String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      MarkedText source = MarkedText.parse(shown, SourceFiles.read(shown, file));
      Map<String, Region> stubs = stubs(name, source);
      List<String> lines = new ArrayList<>();
      for (Piece piece : source.pieces()) {
        if (piece instanceof Region region && !progress.covers(region.name())) {
          for (int i = 0; i < region.lines().size(); i++) {
            leaks.withhold(name, region.line() + 1 + i, region.lines().get(i));
          }
          Region stub = stubs.get(region.name().text());
          if (stub == null) {
            throw new SourceException(
                shown,
                region.line(),
                "region "
                    + region.name().text()
                    + " has no stub. It belongs into "
                    + lab(shown, region.line(), region.name().lab()).shown("stubs/" + name)
                    + ", between the same marks (and may be empty).");
          }
          lines.addAll(stub.lines());
        } else {
          piece.lines().forEach(leaks::hasByRight);
          lines.addAll(piece.lines());
        }
      }
      return String.join("\n", lines) + "\n";
    }

    /** Reads the stubs of a marked file out of all labs. */
    private Map<String, Region> stubs(String name, MarkedText source) throws IOException {
      Map<String, Region> regions = source.regions();
      Map<String, Region> stubs = new LinkedHashMap<>();
      for (LabFolder lab : labs) {
        Path file = lab.stub(name);
        if (!Files.exists(file)) {
          continue;
        }
        usedStubs.add(file);
        String shown = lab.shown("stubs/" + name);
        String text = SourceFiles.read(shown, file);
        for (Piece piece : MarkedText.parse(shown, text).pieces()) {
          if (piece instanceof Region stub) {
            if (stub.name().lab() != lab.number() || !regions.containsKey(stub.name().text())) {
              throw new SourceException(
                  shown,
                  stub.line(),
                  "solutions/"
                      + name
                      + " has no region "
                      + stub.name().text()
                      + " of lab "
                      + lab.number()
                      + ".");
            }
            stubs.put(stub.name().text(), stub);
            if (!progress.covers(stub.name())) {
              toScan.put(shown, text);
            }
          } else if (!piece.lines().stream().allMatch(String::isBlank)) {
            throw new SourceException(shown, 0, "all text of a stub stands between marks.");
          }
        }
      }
      return stubs;
    }

    private LabFolder lab(String shown, int line, int number) {
      return labs.stream()
          .filter(lab -> lab.number() == number)
          .findFirst()
          .orElseThrow(
              () -> new SourceException(shown, line, "there is no folder of lab " + number));
    }

    private void add(String name, byte[] content) {
      if (files.put(name, content) != null) {
        throw new SourceException(name, 0, "two sources want to be this file of the project.");
      }
    }
  }
}
