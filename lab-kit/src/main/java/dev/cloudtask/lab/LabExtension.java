package dev.cloudtask.lab;

import dev.cloudtask.lab.progress.LabScope;
import dev.cloudtask.lab.progress.RunJournal;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/**
 * Gives a lab's tests what they ask for and turns what they find into messages.
 *
 * <p>The project is the folder that the tests run in; {@value #PROJECT}, a system property or
 * configuration parameter, names another one.
 */
final class LabExtension
    implements ExecutionCondition,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler {
  /** The configuration parameter that names the student's project. */
  static final String PROJECT = "cloudtask.project";

  /** The configuration parameter that says which labs count, whatever the command line says. */
  static final String SCOPE = "cloudtask.scope";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabExtension.class);

  private static final Map<Class<?>, Function<LabSession, Object>> PARAMETERS =
      Map.of(
          Project.class, LabSession::project,
          Clients.class, LabSession::clients,
          Clients.Endpoint.class, session -> session.clients().endpoint(),
          HttpClient.class, session -> session.clients().http(),
          LabClock.class, LabSession::clock,
          Traces.class, LabSession::traces,
          Inbox.class, LabSession::inbox,
          RealPackage.class, LabSession::realPackage,
          Browser.class, LabSession::browser);

  /** What the labs of one run must know of one another. */
  private static final class Run {
    /** The labs that something is red in. */
    final Set<Integer> red = new TreeSet<>();
  }

  /** In a run that goes on to the first lab that is not green, later labs are not reached. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent() || scope(context).kind() != LabScope.Kind.NEXT) {
      return ConditionEvaluationResult.enabled("asked for");
    }
    return run(context).red.stream()
        .findFirst()
        .map(lab -> ConditionEvaluationResult.disabled("not reached: lab " + lab + " is not green"))
        .orElseGet(() -> ConditionEvaluationResult.enabled("reached"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    LabScope scope = scope(context);
    String sentence = scope.refusal().orElse("");
    if (scope.isWhole()) {
      boolean upTo = scope.kind() == LabScope.Kind.UP_TO;
      for (int lab = 1; lab <= scope.last(); lab++) {
        boolean asked = session(context).project().hasLab(lab) || (upTo && lab == scope.last());
        if (asked && !RunJournal.labsWithTests().contains(lab)) {
          sentence =
              "Lab "
                  + lab
                  + " has no test in src/test/java/labs: nothing counts as green for lack of tests."
                  + " Get the file back.";
          break;
        }
      }
    }
    if (!sentence.isEmpty()) {
      throw new LabFailure(sentence);
    }
  }

  private static LabScope scope(ExtensionContext context) {
    return context
        .getConfigurationParameter(SCOPE)
        .map(name -> new LabScope(LabScope.Kind.valueOf(name), LabScope.LABS, Optional.empty()))
        .orElseGet(LabScope::ofThisRun);
  }

  private static Run run(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Run.class, key -> new Run(), Run.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    LabSession session = session(context);
    try {
      session.requireBegun(lab(context).begunBy());
      session.stack(stepName(context));
      session.beginStep();
      requireBrowser(context);
    } catch (Finding finding) {
      throw failure(context, finding, finding);
    }
  }

  /** A step that needs a browser steps aside where there is none; not in CI, where all must run. */
  private static void requireBrowser(ExtensionContext context) {
    boolean asked =
        Arrays.asList(context.getRequiredTestMethod().getParameterTypes()).contains(Browser.class);
    if (asked && Browser.executable().isEmpty()) {
      if (!"true".equals(System.getenv("CI"))) {
        throw new TestAbortedException(
            stepName(context) + " " + step(context).title() + ": not tried. " + Browser.missing());
      }
      throw Finding.of(Finding.Kind.NOT_TESTED, "looked for a browser")
          .expected("one, as this runs under CI=true")
          .got("none")
          .why(Browser.missing())
          .found();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    session(context).clock().reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stack.class
        || type == TestUsers.class
        || Clients.kinds().contains(type)
        || PARAMETERS.containsKey(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    LabSession session = session(context);
    if (type == Stack.class) {
      return session.stack(stepName(context));
    }
    if (type == TestUsers.class) {
      return new TestUsers(
          session.stack(stepName(context)),
          session.clients().of(CognitoIdentityProviderClient.class),
          session.inbox());
    }
    if (SdkClient.class.isAssignableFrom(type)) {
      return session.clients().of(type.asSubclass(SdkClient.class));
    }
    return Objects.requireNonNull(PARAMETERS.get(type)).apply(session);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (thrown instanceof Finding finding) {
      throw failure(context, finding, finding);
    }
    if (thrown instanceof TestAbortedException || thrown instanceof LabFailure) {
      throw thrown;
    }
    if (thrown instanceof SdkException) {
      Finding finding =
          Finding.of(Finding.Kind.NOT_TESTED, "asked the cloud as the step's test does")
              .expected("an answer that the test knows what to do with")
              .got(String.valueOf(thrown.getMessage()))
              .found();
      throw failure(context, finding, thrown);
    }
    Finding finding =
        Finding.of(Finding.Kind.NOT_TESTED, "ran the step's test")
            .expected("that it comes to an end")
            .got(String.valueOf(thrown))
            .why("The test did not foresee this. The line of the test stands below.")
            .found();
    throw failure(context, finding, thrown);
  }

  private static LabFailure failure(ExtensionContext context, Finding finding, Throwable thrown) {
    Lab lab = lab(context);
    run(context).red.add(lab.number());
    String next = lab.folder() + "/chapter.adoc, step " + stepName(context);
    return new LabFailure(stepName(context), step(context).title(), next, finding)
        .at(context.getRequiredTestClass(), thrown);
  }

  private static LabSession session(ExtensionContext context) {
    Path folder = Path.of(context.getConfigurationParameter(PROJECT).orElse("."));
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(folder, key -> new LabSession(new Project(folder)), LabSession.class);
  }

  private static String stepName(ExtensionContext context) {
    return lab(context).number() + "." + step(context).number();
  }

  private static Lab lab(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    Lab lab = test.getAnnotation(Lab.class);
    if (lab == null) {
      throw new IllegalStateException(test + " is not annotated with @Lab");
    }
    return lab;
  }

  private static Step step(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    Step step = method.getAnnotation(Step.class);
    if (step == null) {
      throw new IllegalStateException(method + " is not annotated with @Step");
    }
    return step;
  }
}
