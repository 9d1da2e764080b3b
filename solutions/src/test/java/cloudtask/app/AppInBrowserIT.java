package cloudtask.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page, from sign-up to sign-out, as a person with a browser sees it. */
@NeedsChromium
class AppInBrowserIT {
  private static final String PASSWORD = "Correct-Horse-7";

  private final DeployedApp app = DeployedApp.shared();
  private final List<String> complaints = new ArrayList<>();
  private final String email = app.newAddress();
  private BrowserContext context;
  private Page page;

  @BeforeEach
  void openPage() {
    open(new Browser.NewContextOptions().setViewportSize(1200, 800));
  }

  private void open(Browser.NewContextOptions options) {
    // Without motion, what a screenshot or a contrast check sees is what stays.
    context = Chromium.shared().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
    page = context.newPage();
    page.setDefaultTimeout(20_000);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of 40")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.navigate(app.url());
  }

  @AfterEach
  void closePage() {
    context.close();
    assertThat(complaints).as("what the browser's console complained of").isEmpty();
  }

  @Test
  void newUser_signsUp_worksWithTasks_andFindsThemAgain() {
    signUp();
    assertThat(page.locator("#account")).hasText(email);
    assertThat(page.locator("#empty")).isVisible();

    add("Buy groceries");
    add("Call mum");
    assertThat(page.locator("#task-list > li")).hasCount(2);

    task("Buy groceries").getByRole(AriaRole.CHECKBOX).check();
    assertThat(page.locator("#progress")).containsText("1 of 2");

    task("Call mum").getByRole(AriaRole.BUTTON, starting("Rename")).click();
    page.getByLabel("New title").fill("Call grandma");
    page.getByLabel("New title").press("Enter");
    assertThat(task("Call grandma")).isVisible();

    page.reload();
    assertThat(page.locator("#task-list > li")).hasCount(2);
    assertThat(task("Buy groceries").getByRole(AriaRole.CHECKBOX)).isChecked();
    assertThat(task("Call grandma").getByRole(AriaRole.CHECKBOX)).not().isChecked();

    task("Call grandma").getByRole(AriaRole.BUTTON, starting("Delete")).click();
    assertThat(page.locator("#task-list > li")).hasCount(1);

    button("Sign out").click();
    assertThat(page.locator("#sign-in")).isVisible();
    page.reload();
    assertThat(page.locator("#sign-in")).isVisible();

    signIn(PASSWORD);
    assertThat(page.locator("#task-list > li")).hasCount(1);
    assertThat(task("Buy groceries")).isVisible();
  }

  @Test
  void wrongPassword_isSaidInWords_andTheRightOneStillWorks() {
    app.signUp(email, PASSWORD);

    signIn("Wrong-Horse-7");

    assertThat(page.locator("#sign-in .error")).hasText(Pattern.compile(".{15,}"));
    assertThat(page.locator("#sign-in .error")).not().containsText("Exception");
    signIn(PASSWORD);
    assertThat(page.locator("#tasks")).isVisible();
  }

  @Test
  void wrongCode_isSaidInWords_andANewCodeWorks() {
    fillSignUp();
    page.locator("#confirm-code").fill("000000".equals(app.code(email)) ? "111111" : "000000");
    button("Confirm").click();
    assertThat(page.locator("#confirm .error")).hasText(Pattern.compile(".{10,}"));

    button("Send a new code").click();
    assertThat(page.locator("#status")).hasText(Pattern.compile(".+"));
    page.locator("#confirm-code").fill(app.code(email));
    button("Confirm").click();
    assertThat(page.locator("#tasks")).isVisible();
  }

  @Test
  void forgottenPassword_isReplacedByAMailedCode() {
    app.signUp(email, PASSWORD);
    button("Forgot your password?").click();
    page.locator("#forgot-email").fill(email);
    button("Send code").click();
    assertThat(page.locator("#reset")).isVisible();
    page.locator("#reset-code").fill(app.code(email));
    page.locator("#reset-password").fill("Brand-New-Horse-8");
    button("Set password").click();

    assertThat(page.locator("#tasks")).isVisible();
  }

  @Test
  void expiredToken_isRefreshedOnce_withoutAWord() {
    app.signUp(email, PASSWORD);
    signIn(PASSWORD);
    assertThat(page.locator("#task-list")).hasAttribute("aria-busy", "false");
    add("Before");
    List<String> refreshes = new ArrayList<>();
    page.onRequest(request -> countRefresh(request, refreshes));
    // An hour later, as the API sees it; the page cannot know.
    page.evaluate(
        "expired => { const key = 'cloudtask.session'; const s ="
            + " JSON.parse(sessionStorage.getItem(key)); s.idToken = expired;"
            + " sessionStorage.setItem(key, JSON.stringify(s)); }",
        app.expiredIdToken(email, PASSWORD));

    page.reload();

    assertThat(task("Before")).isVisible();
    add("After");
    assertThat(refreshes).hasSize(1);
  }

  private static void countRefresh(Request request, List<String> refreshes) {
    String body = request.postData();
    if (body != null && body.contains("REFRESH_TOKEN_AUTH")) {
      refreshes.add(body);
    }
  }

  @Test
  void titleOfMarkup_isShownAsText() {
    app.signUp(email, PASSWORD);
    signIn(PASSWORD);
    String title = "<img src=x onerror=\"document.title='pwned'\"><b>bold</b>";
    add(title);

    assertThat(task(title)).containsText(title);
    assertThat(page.locator("#task-list img, #task-list b")).hasCount(0);
    page.reload();
    assertThat(task(title)).containsText(title);
    assertThat(page.title()).doesNotContain("pwned");
  }

  @Test
  void twoHundredTasks_areAllShown_overSeveralPages() throws Exception {
    app.signUp(email, PASSWORD);
    String token = app.idToken(email, PASSWORD);
    for (int i = 1; i <= 200; i++) {
      HttpResponse<String> made =
          app.call("POST", "/tasks", token, "{\"title\":\"Task %03d\"}".formatted(i));
      assertThat(made.statusCode()).isEqualTo(201);
    }
    List<String> pages = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.method().equals("GET") && request.url().contains("/tasks")) {
            pages.add(request.url());
          }
        });

    signIn(PASSWORD);

    assertThat(page.locator("#task-list > li")).hasCount(200);
    assertThat(task("Task 001")).hasCount(1);
    assertThat(task("Task 200")).hasCount(1);
    assertThat(pages).hasSizeGreaterThan(1);
  }

  @Test
  void everyScreen_hasNoAccessibilityViolation_inLightAndDark_wideAndNarrow() {
    app.signUp(email, PASSWORD);
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1200, 360)) {
        context.close();
        open(new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme));
        checkAccessibility("sign-in");
        button("Create an account").click();
        checkAccessibility("sign-up");
        button("Sign in instead").click();
        button("Forgot your password?").click();
        checkAccessibility("forgot");
        button("Back to sign in").click();
        signIn(PASSWORD);
        assertThat(page.locator("#task-list")).hasAttribute("aria-busy", "false");
        add("A rather long title that has to wrap on a narrow telephone, " + scheme + " " + width);
        checkAccessibility("tasks");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as("no sideways scrolling at %d", width)
            .isTrue();
      }
    }
  }

  @Test
  void keyboardAlone_isEnough() {
    app.signUp(email, PASSWORD);
    page.locator("#sign-in-email").focus();
    page.keyboard().type(email);
    page.keyboard().press("Tab");
    page.keyboard().type(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator("#tasks")).isVisible();
    page.locator("#new-title").focus();
    page.keyboard().type("By keyboard");
    page.keyboard().press("Enter");
    assertThat(task("By keyboard")).isVisible();
    task("By keyboard").getByRole(AriaRole.CHECKBOX).focus();
    page.keyboard().press("Space");
    assertThat(page.locator("#progress")).containsText("1 of 1");
  }

  @Test
  void unknownPath_showsTheErrorPage() {
    complaints.clear();
    var answer = page.navigate(app.url() + "/no/such/page");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(page.locator("h1")).hasText("Nothing up here");
    complaints.removeIf(text -> text.contains("404"));
  }

  private void checkAccessibility(String screen) {
    assertThat(page.locator("#" + screen)).isVisible();
    List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
    assertThat(violations)
        .as("axe-core on %s", screen)
        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
        .isEmpty();
  }

  private void signUp() {
    fillSignUp();
    page.locator("#confirm-code").fill(app.code(email));
    button("Confirm").click();
    assertThat(page.locator("#tasks")).isVisible();
    assertThat(page.locator("#task-list")).hasAttribute("aria-busy", "false");
  }

  private void fillSignUp() {
    button("Create an account").click();
    page.locator("#sign-up-email").fill(email);
    page.locator("#sign-up-password").fill(PASSWORD);
    page.locator("#sign-up").getByRole(AriaRole.BUTTON, inSection("Create account")).click();
    assertThat(page.locator("#confirm")).isVisible();
  }

  private void signIn(String password) {
    page.locator("#sign-in-email").fill(email);
    page.locator("#sign-in-password").fill(password);
    page.locator("#sign-in").getByRole(AriaRole.BUTTON, inSection("Sign in")).click();
  }

  private void add(String title) {
    page.locator("#new-title").fill(title);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add").setExact(true))
        .click();
    assertThat(task(title)).isVisible();
  }

  private Locator task(String title) {
    return page.locator("#task-list > li").filter(new Locator.FilterOptions().setHasText(title));
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.GetByRoleOptions starting(String name) {
    return new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name));
  }

  private static Locator.GetByRoleOptions inSection(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
