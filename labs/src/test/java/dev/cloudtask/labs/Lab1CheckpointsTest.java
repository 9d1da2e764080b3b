package dev.cloudtask.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.labs.checkpoint.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lab 1 at each point of a student's way through it, and off the way. */
final class Lab1CheckpointsTest {
  private static final int TESTS = 8;

  @TempDir Path project;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void stepsThatAreDone_areGreen_andTheRestIsRed(int step) throws IOException {
    StudentProject.write(new Progress(1, step), project);

    Map<String, String> outcomes = run();

    assertThat(outcomes).hasSize(TESTS);
    outcomes.forEach(
        (name, message) -> {
          int number = name.charAt(2) - '0';
          // Nothing is to be written for step 5 if step 3 was done with care; lab 1.4 is between.
          if (number <= step || (number == 5 && step >= 3)) {
            assertThat(message).as(name).isEmpty();
          } else {
            assertThat(message).as(name).startsWith("Lab 1." + number + "  ");
            assertThat(message.lines()).as(name).hasSizeLessThanOrEqualTo(12);
          }
        });
  }

  @Test
  void skeleton_isNotStarted() throws IOException {
    StudentProject.write(Progress.lab(0), project);

    assertThat(run())
        .hasSize(TESTS)
        .allSatisfy(
            (name, message) ->
                assertThat(message)
                    .startsWith("Lab " + name.replaceFirst(" ", "  ") + ": not started yet\n")
                    .contains("template.yaml:"));
  }

  @Test
  void templateThatIsNoYaml_isCalledThat() throws IOException {
    solved("    Type: AWS::S3::Bucket\n", "    Type: AWS::S3::Bucket\n   Oops\n");

    assertThat(run())
        .allSatisfy(
            (name, message) ->
                assertThat(message).contains(": your template does not deploy", "template.yaml:"));
  }

  @Test
  void templateThatIsRefused_isToldOnceInFull() throws IOException {
    solved("Type: AWS::S3::Bucket\n", "Type: AWS::S3::Buckett\n");

    Map<String, String> outcomes = run();

    assertThat(outcomes.values())
        .allMatch(message -> message.contains(": your template does not deploy"));
    assertThat(outcomes.get("1.1 There is a bucket"))
        .contains("  Got:       Template format error: ", "[AWS::S3::Buckett]")
        .contains("  Where:     template.yaml:30"); // the line of the type itself
    assertThat(outcomes.get("1.2 The bucket is a website")).contains("told in full at step 1.1");
  }

  @Test
  void blockThatIsNotLifted_namesTheSettingAndTheResource() throws IOException {
    solved("BlockPublicPolicy: false", "BlockPublicPolicy: true");

    assertThat(run().get("1.1 There is a bucket"))
        .contains(": your template does not deploy", "s3:PutBucketPolicy")
        .contains("BlockPublicPolicy: true", "RestrictPublicBuckets");
  }

  @Test
  void policyThatAllowsEverything_isCaughtAtStepFive() throws IOException {
    solved("Action: s3:GetObject", "Action: \"s3:*\"");
    Path template = project.resolve("template.yaml");
    Files.writeString(
        template,
        Files.readString(template)
            .replace(
                "Resource: !Sub \"${WebsiteBucket.Arn}/*\"",
                "Resource: [!GetAtt WebsiteBucket.Arn, !Sub \"${WebsiteBucket.Arn}/*\"]"));

    Map<String, String> outcomes = run();

    assertThat(outcomes.remove("1.5 Nobody may write, and nobody may look around"))
        .contains("Expected:  403 AccessDenied", "s3:PutObject", "template.yaml:");
    assertThat(outcomes.values()).containsOnly("");
  }

  private void solved(String part, String replacement) throws IOException {
    StudentProject.write(Progress.lab(1), project);
    Path template = project.resolve("template.yaml");
    String text = Files.readString(template);
    assertThat(text).contains(part);
    Files.writeString(template, text.replace(part, replacement));
  }

  private Map<String, String> run() {
    return LabRun.of("labs.Lab1S3WebsiteTest", project);
  }
}
