package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI, unmodified and told nothing but an endpoint: a transcript, typed again. */
@NeedsAwsCli
class AwsCliTranscriptIT {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]+)}");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final DeployedApp app = DeployedApp.shared();

  @TempDir private Path folder;

  /**
   * A command of the transcript.
   *
   * @param answer the lines that it must write
   * @param failure what its errors must hold; empty if it must succeed
   * @param keep the name under which to keep its answer, if any
   */
  private record Step(
      String command, List<String> answer, Optional<String> failure, Optional<String> keep) {}

  @BeforeEach
  void layOutFiles() throws IOException {
    Files.createDirectories(folder.resolve("site/docs"));
    Files.writeString(folder.resolve("site/index.html"), "home");
    Files.writeString(folder.resolve("site/docs/a.txt"), "a text");
    Files.write(folder.resolve("large.bin"), new byte[9 * 1024 * 1024]); // goes in parts
    Files.writeString(folder.resolve("event.json"), "{}");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("function.zip")))) {
      zip.putNextEntry(new ZipEntry("a.py"));
    }
    Files.writeString(
        folder.resolve("public.json"),
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::of-a-transcript/*"}]}
        """);
    Files.writeString(
        folder.resolve("function.yaml"),
        """
        Resources:
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Runtime: java21
              Handler: a.B
              Role: arn:aws:iam::000000000000:role/r
              Code: site
        """);
    Files.writeString(
        folder.resolve("stack.yaml"),
        """
        Parameters:
          Days: { Type: Number, Default: 7 }
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties: { RetentionInDays: !Ref Days }
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument:
                Version: '2012-10-17'
                Statement:
                  - Effect: Allow
                    Principal: { Service: lambda.amazonaws.com }
                    Action: sts:AssumeRole
        """);
  }

  @Test
  void everyCommand_isAnsweredAsWritten() throws Exception {
    List<List<Step>> sections = transcript();
    assertThat(sections.stream().mapToInt(List::size).sum()).isGreaterThan(50);

    // Most of the time is the start of the program: two of them at a time.
    ExecutorService terminals = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> typed = new ArrayList<>();
      sections.forEach(section -> typed.add(terminals.submit(() -> type(section))));
      for (Future<?> each : typed) {
        each.get();
      }
    } finally {
      terminals.shutdownNow();
    }
  }

  private void type(List<Step> section) {
    AwsCli aws = new AwsCli(folder, app.cloud().endpoint());
    Map<String, String> kept = new HashMap<>();
    for (Step step : section) {
      Terminal.Result result = aws.run(words(named(step.command(), kept)));
      String shown = "$ aws " + step.command() + "\n" + result.output() + result.errors();
      if (step.failure().isPresent()) {
        assertThat(result.exitCode()).as(shown).isNotZero();
        assertThat(result.errors())
            .as(shown)
            .containsPattern(pattern(named(step.failure().get(), kept)));
        continue;
      }
      assertThat(result.exitCode()).as(shown).isZero();
      if (step.keep().isPresent()) {
        assertThat(result.output().strip()).as(shown).isNotEmpty().doesNotContain("\n");
        kept.put(step.keep().get(), result.output().strip());
      } else {
        List<String> lines =
            result.output().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> written = step.answer().stream().map(line -> named(line, kept)).toList();
        assertThat(fits(written, lines)).as(shown).isTrue();
      }
    }
  }

  /** Tells whether lines are as written, where a line of dots stands for any lines or none. */
  private static boolean fits(List<String> written, List<String> lines) {
    if (written.isEmpty()) {
      return lines.isEmpty();
    }
    List<String> rest = written.subList(1, written.size());
    if (written.get(0).equals("…")) {
      return IntStream.rangeClosed(0, lines.size())
          .anyMatch(skipped -> fits(rest, lines.subList(skipped, lines.size())));
    }
    return !lines.isEmpty()
        && pattern(written.get(0)).matcher(lines.get(0)).matches()
        && fits(rest, lines.subList(1, lines.size()));
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /** Puts in outputs of the stack and what earlier commands gave. */
  private String named(String text, Map<String, String> kept) {
    return NAME.matcher(text)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    kept.containsKey(name.group(1))
                        ? kept.get(name.group(1))
                        : app.output(name.group(1))));
  }

  private static String[] words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
        .toArray(String[]::new);
  }

  /** Reads the transcript; its sections know nothing of one another. */
  private static List<List<Step>> transcript() throws IOException {
    String text;
    try (InputStream in = AwsCliTranscriptIT.class.getResourceAsStream("aws-cli.transcript")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return Stream.of(text.split("(?m)^# ---- .*$"))
        .skip(1)
        .map(AwsCliTranscriptIT::section)
        .toList();
  }

  private static List<Step> section(String text) {
    List<Step> steps = new ArrayList<>();
    for (String part : text.split("(?m)^\\$ aws ")) {
      List<String> lines = part.lines().filter(line -> !line.isBlank()).toList();
      if (!lines.isEmpty()) {
        steps.add(
            new Step(
                lines.get(0),
                lines.stream()
                    .skip(1)
                    .filter(line -> !line.startsWith("! ") && !line.startsWith("= "))
                    .toList(),
                marked(lines, "! "),
                marked(lines, "= ")));
      }
    }
    return steps;
  }

  private static Optional<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()))
        .findFirst();
  }
}
