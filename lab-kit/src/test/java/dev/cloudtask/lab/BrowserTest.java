package dev.cloudtask.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Needs a Chromium; under CI it fails where there is none. */
final class BrowserTest {
  private static final String FORM =
      """
      <title>t</title><input id=name><button id=go disabled>Go</button><p id=hidden hidden>x</p>
      <p id=said></p>
      <script>
        setTimeout(() => go.disabled = false, 50);
        go.onclick = () => { said.textContent = 'Hello ' + document.querySelector('#name').value;
                             console.error('complaint', 7); };
      </script>
      """;

  @Test
  void page_isUsedAsByAPerson() {
    Optional<Path> program = Browser.executable();
    assumeTrue(program.isPresent() || "true".equals(System.getenv("CI")), Browser.missing());
    try (Browser browser = Browser.start(program.orElseThrow());
        Page page = browser.open(address(FORM))) {
      page.fill("#name", "Ada \"x\" 100%");
      page.click("#go");
      page.waitForText("#said", "Hello Ada \"x\" 100%");
      assertThat(page.text("#said")).isEqualTo("Hello Ada \"x\" 100%");
      assertThat(page.shows("#said")).isTrue();
      assertThat(page.shows("#hidden")).isFalse();
      page.waitUntil("the console has complained", "true");
      assertThat(page.problems()).containsExactly("complaint 7");

      page.reload();
      assertThat(page.text("#said")).isEmpty();
      assertThatThrownBy(() -> page.goTo(URI.create("http://127.0.0.1:1/")))
          .isInstanceOfSatisfying(
              Finding.class, finding -> assertThat(finding.got()).contains("net::ERR_"));
    }
  }

  private static URI address(String html) {
    return URI.create(
        "data:text/html," + URLEncoder.encode(html, StandardCharsets.UTF_8).replace("+", "%20"));
  }
}
