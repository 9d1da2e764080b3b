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
import java.util.Optional;
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

  /**
   * Lines that a student gets and that are not the solution's.
   *
   * @param first the number of the first line in its file
   */
  private record Scanned(String file, int first, List<String> lines) {}

  /** The work of deriving, which happens once. */
  private static final class Derivation {
    private static final String RULES = "labs/skeleton.rules";

    private final Path repository;
    private final Progress progress;
    private final List<LabFolder> labs;
    private final Rules rules;
    private final LeakScan leaks = new LeakScan();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Scanned> toScan = new ArrayList<>();
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
            toScan.add(
                new Scanned(
                    shown.replace('\\', '/'),
                    1,
                    MarkedText.lines(SourceFiles.read(shown, given.getValue()))));
          }
        }
      }
      for (Scanned scanned : toScan) {
        leaks.check(scanned.file(), scanned.first(), scanned.lines());
      }
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
        case MARKED -> add(name, text(marked(name, file)));
        case STUB -> stub(rule, name, file);
        case ABSENT -> addIfSolved(rule, name, file);
        case NEVER -> {
          // Stays here.
        }
      }
    }

    private void stub(Rules.Rule rule, String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      LabFolder lab = lab(RULES, rule.line(), rule.lab());
      String stubShown = lab.shown("stubs/" + name);
      List<String> stub =
          readStub(lab, name)
              .orElseThrow(
                  () ->
                      new SourceException(
                          shown,
                          0,
                          "line "
                              + rule.line()
                              + " of "
                              + RULES
                              + " asks for a stub: "
                              + stubShown));
      if (rule.staged()) {
        requireLess(stubShown, 0, stub, MarkedText.lines(SourceFiles.read(shown, file)));
      }
      Optional<List<String>> before = Optional.empty();
      if (rule.after() > 0) {
        before = readStub(lab(RULES, rule.line(), rule.after()), name);
      }
      if (addIfSolved(rule, name, file)) {
        return;
      }
      if (!rule.staged()) {
        toScan.add(new Scanned(stubShown, 1, stub));
        add(name, text(stub));
      } else if (progress.covers(rule.after())) {
        stub.forEach(leaks::hasByRight);
        add(name, text(stub));
      } else {
        withhold(stubShown, 1, stub);
        if (before.isPresent()) {
          String shownBefore = lab(RULES, rule.line(), rule.after()).shown("stubs/" + name);
          toScan.add(new Scanned(shownBefore, 1, before.orElseThrow()));
          add(name, text(before.orElseThrow()));
        }
      }
    }

    /** Reads a stub that is a whole file, if there is one. */
    private Optional<List<String>> readStub(LabFolder lab, String name) throws IOException {
      Path stub = lab.stub(name);
      if (!Files.exists(stub)) {
        return Optional.empty();
      }
      usedStubs.add(stub);
      String shown = lab.shown("stubs/" + name);
      String text = SourceFiles.read(shown, stub);
      MarkedText.requireUnmarked(shown, text);
      return Optional.of(MarkedText.lines(text));
    }

    /** Makes sure that working code of an earlier stage is not the solution already. */
    private static void requireLess(
        String shown, int line, List<String> stub, List<String> solution) {
      Set<String> there = new HashSet<>();
      stub.forEach(text -> there.add(text.strip()));
      if (solution.stream()
          .noneMatch(text -> LeakScan.saysSomething(text) && !there.contains(text.strip()))) {
        throw new SourceException(
            shown, line, "has all lines of the solution, so that nothing is left to do.");
      }
    }

    private void withhold(String shown, int first, List<String> lines) {
      for (int i = 0; i < lines.size(); i++) {
        leaks.withhold(shown, first + i, lines.get(i));
      }
    }

    private static byte[] text(List<String> lines) {
      return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private boolean addIfSolved(Rules.Rule rule, String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      String text = SourceFiles.read(shown, file);
      MarkedText.requireUnmarked(shown, text);
      List<String> lines = MarkedText.lines(text);
      if (!progress.covers(rule.lab())) {
        withhold(shown, 1, lines);
        return false;
      }
      lines.forEach(leaks::hasByRight);
      add(name, text.getBytes(StandardCharsets.UTF_8));
      return true;
    }

    private List<String> marked(String name, Path file) throws IOException {
      String shown = "solutions/" + name;
      MarkedText source = MarkedText.parse(shown, SourceFiles.read(shown, file));
      Map<String, Stub> stubs = stubs(name, source);
      List<String> lines = new ArrayList<>();
      for (Piece piece : source.pieces()) {
        if (piece instanceof Region region) {
          lines.addAll(region(shown, region, stub(name, region, stubs)));
        } else {
          piece.lines().forEach(leaks::hasByRight);
          lines.addAll(piece.lines());
        }
      }
      return lines;
    }

    /** Returns what a student has of a region by now. */
    private List<String> region(String shown, Region region, Stub stub) {
      if (region.name().staged()) {
        requireLess(stub.shown(), stub.region().line(), stub.region().lines(), region.lines());
      }
      if (progress.covers(region.name())) {
        region.lines().forEach(leaks::hasByRight);
        return region.lines();
      }
      withhold(shown, region.line() + 1, region.lines());
      List<String> lines = stub.region().lines();
      int first = stub.region().line() + 1;
      if (!region.name().staged()) {
        toScan.add(new Scanned(stub.shown(), first, lines));
        return lines;
      }
      if (progress.covers(region.name().after().orElseThrow())) {
        lines.forEach(leaks::hasByRight);
        return lines;
      }
      withhold(stub.shown(), first, lines);
      return List.of();
    }

    private Stub stub(String name, Region region, Map<String, Stub> stubs) {
      Stub stub = stubs.get(region.name().text());
      if (stub == null) {
        String shown = "solutions/" + name;
        throw new SourceException(
            shown,
            region.line(),
            "region "
                + region.name().text()
                + " has no stub. It belongs into "
                + lab(shown, region.line(), region.name().lab()).shown("stubs/" + name)
                + ", between the same marks (and may be empty).");
      }
      return stub;
    }

    /**
     * What stands for a region.
     *
     * @param shown the stub's file, as shown to people
     */
    private record Stub(String shown, Region region) {}

    /** Reads the stubs of a marked file out of all labs. */
    private Map<String, Stub> stubs(String name, MarkedText source) throws IOException {
      Map<String, Region> regions = source.regions();
      Map<String, Stub> stubs = new LinkedHashMap<>();
      for (LabFolder lab : labs) {
        Path file = lab.stub(name);
        if (!Files.exists(file)) {
          continue;
        }
        usedStubs.add(file);
        String shown = lab.shown("stubs/" + name);
        for (Piece piece : MarkedText.parse(shown, SourceFiles.read(shown, file)).pieces()) {
          if (piece instanceof Region stub) {
            Region region = regions.get(stub.name().text());
            if (stub.name().lab() != lab.number()
                || region == null
                || !region.name().after().equals(stub.name().after())) {
              throw new SourceException(
                  shown,
                  stub.line(),
                  "solutions/"
                      + name
                      + " has no region "
                      + stub.name().mark()
                      + " of lab "
                      + lab.number()
                      + ".");
            }
            stubs.put(stub.name().text(), new Stub(shown, stub));
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
