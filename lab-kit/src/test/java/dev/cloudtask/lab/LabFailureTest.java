package dev.cloudtask.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class LabFailureTest {
  private static final String NEXT = "labs/2-cloudfront/chapter.adoc, step 2.3";

  @Test
  void message_hasTheCauseFirstAndAllParts() {
    Finding finding =
        Finding.did("GET http://127.0.0.1:4581/index.html")
            .expected("200 and your index.html")
            .got("504: no connection to the origin on port 443")
            .where("template.yaml:58  Distribution > OriginProtocolPolicy")
            .why("An S3 website endpoint speaks only HTTP.")
            .found();

    assertThat(failure(finding))
        .hasToString(
            """
            Lab 2.3  The site is served through CloudFront
              Did:       GET http://127.0.0.1:4581/index.html
              Expected:  200 and your index.html
              Got:       504: no connection to the origin on port 443
              Where:     template.yaml:58  Distribution > OriginProtocolPolicy
              Why:       An S3 website endpoint speaks only HTTP.
              Next:      labs/2-cloudfront/chapter.adoc, step 2.3""");
  }

  @Test
  void heading_tellsWhatIsNotTheStudentsMistake() {
    assertThat(failure(finding(Finding.Kind.NOT_STARTED, "nothing")).toString())
        .startsWith("Lab 2.3  The site is served through CloudFront: not started yet\n");
    assertThat(failure(finding(Finding.Kind.NOT_DEPLOYED, "a refusal")).toString())
        .startsWith(
            "Lab 2.3  The site is served through CloudFront: your template does not deploy\n");
  }

  @Test
  void message_isAtMostTwelveLines_howeverLongAnAnswerIs() {
    String got = "line\n".repeat(100) + "x".repeat(5_000);

    assertThat(failure(finding(Finding.Kind.WRONG, got)).toString().lines())
        .hasSizeLessThanOrEqualTo(LabFailure.MAX_LINES)
        .allMatch(line -> line.length() <= 220);
  }

  @Test
  void longLine_isBroken_soThatItsEndIsThere() {
    String got = "word ".repeat(60) + "because of the setting";

    assertThat(failure(finding(Finding.Kind.WRONG, got)).toString())
        .contains("because of the setting")
        .doesNotContain("…");
  }

  @Test
  void stackTrace_isTheTestsOwnLineOnly() {
    Finding finding = finding(Finding.Kind.WRONG, "nonsense");
    StringWriter text = new StringWriter();
    failure(finding)
        .at(LabFailureTest.class, new RuntimeException())
        .printStackTrace(new PrintWriter(text, true));

    assertThat(text.toString().lines().filter(line -> line.startsWith("\tat ")))
        .singleElement()
        .asString()
        .contains("LabFailureTest.stackTrace_isTheTestsOwnLineOnly");
  }

  private static Finding finding(Finding.Kind kind, String got) {
    return Finding.of(kind, "this").expected("that").got(got).where("here").why("so").found();
  }

  private static LabFailure failure(Finding finding) {
    return new LabFailure("2.3", "The site is served through CloudFront", NEXT, finding);
  }
}
