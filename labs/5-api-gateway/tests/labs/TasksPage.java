package labs;

import dev.cloudtask.lab.Browser;
import dev.cloudtask.lab.Finding;
import dev.cloudtask.lab.Page;
import dev.cloudtask.lab.Project;
import dev.cloudtask.lab.TestUser;
import dev.cloudtask.lab.Traces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CloudTask's page in a browser, with somebody signed in. */
final class TasksPage implements AutoCloseable {
  private static final String TASK = "#task-list > li";

  private final Page page;
  private final Project project;
  private final Traces traces;

  TasksPage(Browser browser, URI address, Project project, Traces traces) {
    this.page = browser.open(address);
    this.project = project;
    this.traces = traces;
  }

  void signIn(TestUser user) {
    page.fill("#sign-in-email", user.email());
    page.fill("#sign-in-password", user.password());
    page.click("#sign-in [type='submit']");
    page.waitForText("#account", user.email());
    requireTasks("the list is loaded", 0);
  }

  void add(String title) {
    page.fill("#new-title", title);
    page.click("#add-task button");
    require("the new task is in the list", count(1) + " && " + listHas(title));
  }

  void tickFirst() {
    page.click(TASK + " [type='checkbox']");
    require(
        "the page says 1 of 1 done",
        "document.querySelector('#progress').innerText.includes('1 of 1')");
    require(
        "the page says so aloud", "document.querySelector('#status').innerText.includes('Done')");
  }

  void deleteFirst() {
    page.click(TASK + " button[aria-label^='Delete']");
    require("the list is empty", count(0));
  }

  /** Puts another ID token in the place of the page's own: the page keeps its session there. */
  void useToken(String idToken) {
    page.evaluate(
        "(() => { const key = 'cloudtask.session';"
            + " const session = JSON.parse(sessionStorage.getItem(key)); session.idToken = '"
            + idToken
            + "'; sessionStorage.setItem(key, JSON.stringify(session)); })()");
  }

  void reload(int tasks) {
    page.reload();
    requireTasks("the list is there again", tasks);
  }

  private void requireTasks(String what, int tasks) {
    require(
        what,
        "document.querySelector('#task-list').getAttribute('aria-busy') === 'false' && "
            + count(tasks));
  }

  private static String count(int tasks) {
    return "document.querySelectorAll('" + TASK + "').length === " + tasks;
  }

  private static String listHas(String title) {
    return "document.querySelector('#task-list').innerText.includes('" + title + "')";
  }

  /** Waits for something to be seen; if it does not come, says what the page was answered. */
  private void require(String what, String condition) {
    try {
      page.waitUntil(
          what + ", or an error",
          "("
              + condition
              + ") || document.querySelector('section:not([hidden]) .error').innerText");
    } catch (Finding nothing) {
      throw explain(what, "nothing of the kind within ten seconds");
    }
    if (!Boolean.parseBoolean(page.evaluate("!!(" + condition + ")"))) {
      throw explain(what, "the page says: " + page.text("section:not([hidden]) .error"));
    }
    traces.forget(); // what comes next has causes of its own
  }

  private Finding explain(String what, String said) {
    List<String> problems = page.problems();
    String fault = traces.gatewayFault().orElse("");
    String why = "Open the page yourself and look at the browser's console.";
    String where = "website/";
    if (fault.contains("this is an access token")) {
      where = place("Authorization: ");
      why =
          "The page must send the ID token: the access token says neither for whom it is nor who.";
    } else if (fault.contains("expired")) {
      where = place("if (response.status");
      why =
          "An ID token lives for an hour. When the API answers 401, the page gets a new one with the"
              + " refresh token, and asks again.";
    }
    return Finding.did("used the page in a browser")
        .expected(what)
        .got(
            said
                + (problems.isEmpty() ? "" : "\n" + problems.get(problems.size() - 1))
                + (fault.isEmpty() ? "" : "\n" + fault))
        .where(where)
        .why(why)
        .found();
  }

  /** Returns the first place in the page's scripts with this text, or their folder. */
  private String place(String text) {
    try (Stream<Path> files = Files.list(project.website())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".js")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (lines.get(i).contains(text)) {
            return "website/" + file.getFileName() + ":" + (i + 1) + "  " + lines.get(i).strip();
          }
        }
      }
      return "website/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    page.close();
  }
}
