package dev.cloudtask.lab;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.lab.devtools.DevTools;
import dev.cloudtask.lab.devtools.DevToolsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A page in a {@link Browser}. Elements are named by CSS selectors; what is done to an element
 * waits until it is there to be seen and can be used, for ten seconds.
 */
public final class Page implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Gson GSON = new Gson();

  /** Finds what a person could use: it is there, it has a size, it is not switched off. */
  private static final String USABLE =
      "(s => [...document.querySelectorAll(s)].find(e => e.getClientRects().length > 0"
          + " && getComputedStyle(e).visibility !== 'hidden' && !e.disabled))";

  private final DevTools devTools;
  private final String session;
  private final String visitor;

  Page(DevTools devTools, String session, String visitor) {
    this.devTools = devTools;
    this.session = session;
    this.visitor = visitor;
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", new JsonObject());
    }
  }

  /** Goes to an address and waits until it is loaded. */
  public void goTo(URI address) {
    JsonObject where = new JsonObject();
    where.addProperty("url", address.toString());
    JsonObject answer = call("Page.navigate", where);
    if (answer.has("errorText")) {
      throw Finding.did("opened " + address + " in a browser")
          .expected("a page")
          .got(answer.get("errorText").getAsString())
          .found();
    }
    waitUntil("the page is loaded", "document.readyState === 'complete'");
  }

  /** Loads the page again and waits until it is there. */
  public void reload() {
    evaluate("window.cloudtaskBeforeReload = true");
    call("Page.reload", new JsonObject());
    waitUntil(
        "the page is loaded again",
        "!window.cloudtaskBeforeReload && document.readyState === 'complete'");
  }

  /** Returns the address that it is at. */
  public URI address() {
    return URI.create(evaluate("location.href"));
  }

  /** Writes into a field, in the place of what is in it. */
  public void fill(String selector, String text) {
    waitUntil("there is a field " + selector, USABLE + "(" + GSON.toJson(selector) + ")");
    evaluate(
        "(() => { const e = "
            + USABLE
            + "("
            + GSON.toJson(selector)
            + "); e.focus(); e.value = "
            + GSON.toJson(text)
            + "; e.dispatchEvent(new Event('input', {bubbles: true}));"
            + " e.dispatchEvent(new Event('change', {bubbles: true})); })()");
  }

  /** Clicks on an element. */
  public void click(String selector) {
    waitUntil(
        "there is something to click, " + selector, USABLE + "(" + GSON.toJson(selector) + ")");
    evaluate(USABLE + "(" + GSON.toJson(selector) + ").click()");
  }

  /** Tells whether an element is to be seen now. */
  public boolean shows(String selector) {
    return Boolean.parseBoolean(evaluate("!!" + USABLE + "(" + GSON.toJson(selector) + ")"));
  }

  /** Returns what is to be read in the first element of a selector; empty if there is none. */
  public String text(String selector) {
    return evaluate(
        "(e => e ? e.innerText : '')(document.querySelector(" + GSON.toJson(selector) + "))");
  }

  /**
   * Waits until an element is to be seen that has this text in it.
   *
   * @throws Finding if it does not come within ten seconds
   */
  public void waitForText(String selector, String text) {
    waitUntil(
        "\"" + text + "\" is to be read in " + selector,
        "[...document.querySelectorAll("
            + GSON.toJson(selector)
            + ")].some(e => e.getClientRects().length > 0 && (e.innerText || e.value || '')"
            + ".includes("
            + GSON.toJson(text)
            + "))");
  }

  /**
   * Waits until an element is to be seen.
   *
   * @throws Finding if it does not come within ten seconds
   */
  public void waitFor(String selector) {
    waitUntil(selector + " is to be seen", USABLE + "(" + GSON.toJson(selector) + ")");
  }

  /**
   * Waits until a condition in JavaScript is true. The page itself watches it; when the page is
   * left meanwhile, the next one does.
   *
   * @param what the condition in words
   * @throws Finding if it does not become true within ten seconds
   */
  public void waitUntil(String what, String condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String watch =
        "new Promise(done => { const end = Date.now() + %d; const look = () => { let now = false;"
            + " try { now = !!("
            + condition.replace("%", "%%")
            + "); } catch (e) { now = false; }"
            + " if (now || Date.now() > end) { done(now); } else { setTimeout(look, 25); } };"
            + " look(); })";
    while (true) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      try {
        if (Boolean.parseBoolean(evaluate(watch.formatted(Math.max(left, 1))))) {
          return;
        }
      } catch (DevToolsException e) {
        // The page was left while it was watching: the next one goes on.
      }
      if (System.nanoTime() > deadline) {
        throw Finding.did("watched your page in a browser, at " + where())
            .expected(what)
            .got(problems().isEmpty() ? "not within 10 seconds" : String.join("\n", problems()))
            .found();
      }
    }
  }

  private String where() {
    try {
      return address().toString();
    } catch (DevToolsException e) {
      return "an address unknown";
    }
  }

  /** Evaluates JavaScript in the page and returns the value as text; a promise is waited for. */
  public String evaluate(String expression) {
    JsonObject ask = new JsonObject();
    ask.addProperty("expression", expression);
    ask.addProperty("awaitPromise", true);
    ask.addProperty("returnByValue", true);
    JsonObject answer = call("Runtime.evaluate", ask);
    if (answer.has("exceptionDetails")) {
      throw new DevToolsException("in the page: " + answer.get("exceptionDetails"));
    }
    JsonElement value = answer.getAsJsonObject("result").get("value");
    return value == null || value.isJsonNull()
        ? ""
        : value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** Returns what the browser's console complained of so far: CORS above all, and exceptions. */
  public List<String> problems() {
    return devTools.problems(session);
  }

  /** Returns the complaints of the console that this pattern is found in. */
  public List<String> problems(Pattern pattern) {
    return problems().stream().filter(problem -> pattern.matcher(problem).find()).toList();
  }

  private JsonObject call(String method, JsonObject parameters) {
    return devTools.call(session, method, parameters);
  }

  /** Leaves, and forgets all that was stored. */
  @Override
  public void close() {
    JsonObject context = new JsonObject();
    context.addProperty("browserContextId", visitor);
    devTools.call("", "Target.disposeBrowserContext", context);
  }
}
