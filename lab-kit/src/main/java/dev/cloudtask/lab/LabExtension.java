package dev.cloudtask.lab;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Gives a lab's tests what they ask for and turns what they find into messages.
 *
 * <p>The project is the folder that the tests run in; {@value #PROJECT}, a system property or
 * configuration parameter, names another one.
 */
final class LabExtension
    implements BeforeEachCallback, ParameterResolver, TestExecutionExceptionHandler {
  /** The configuration parameter that names the student's project. */
  static final String PROJECT = "cloudtask.project";

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabExtension.class);

  private static final Map<Class<?>, Function<LabSession, Object>> PARAMETERS =
      Map.of(
          Project.class, LabSession::project,
          Clients.Endpoint.class, session -> session.clients().endpoint(),
          S3Client.class, session -> session.clients().s3(),
          CloudFrontClient.class, session -> session.clients().cloudFront(),
          HttpClient.class, session -> session.clients().http());

  @Override
  public void beforeEach(ExtensionContext context) {
    try {
      session(context).requireBegun(lab(context).begunBy());
      session(context).stack(stepName(context));
    } catch (Finding finding) {
      throw failure(context, finding, finding);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stack.class || PARAMETERS.containsKey(type);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    LabSession session = session(context);
    return type == Stack.class
        ? session.stack(stepName(context))
        : Objects.requireNonNull(PARAMETERS.get(type)).apply(session);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (thrown instanceof Finding finding) {
      throw failure(context, finding, finding);
    }
    if (thrown instanceof SdkException) {
      Finding finding =
          Finding.of(Finding.Kind.NOT_TESTED, "asked the cloud as the step's test does")
              .expected("an answer that the test knows what to do with")
              .got(String.valueOf(thrown.getMessage()))
              .found();
      throw failure(context, finding, thrown);
    }
    throw thrown;
  }

  private static LabFailure failure(ExtensionContext context, Finding finding, Throwable thrown) {
    Lab lab = lab(context);
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
