package dev.cloudtask.lab;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * The student's four functions, called without an API, as the test button of the Lambda console
 * calls them. Which is which the stack's outputs tell.
 */
public final class TaskFunctions {
  /** Makes a task. */
  public static final String CREATE = "CreateTask";

  /** Lists the caller's tasks. */
  public static final String LIST = "GetTasks";

  /** Changes a task. */
  public static final String UPDATE = "UpdateTask";

  /** Removes a task. */
  public static final String DELETE = "DeleteTask";

  /** All four. */
  public static final List<String> ALL = List.of(CREATE, LIST, UPDATE, DELETE);

  private static final String PROPERTIES = "Properties";
  private static final String NOT_WRITTEN = "not written yet";
  private static final List<String> START_ERRORS =
      List.of(
          "java.lang.ClassNotFoundException",
          "java.lang.NoSuchMethodException",
          "java.lang.NoClassDefFoundError",
          "java.lang.UnsupportedClassVersionError",
          "java.lang.OutOfMemoryError");

  private final Stack stack;
  private final LambdaClient lambda;
  private final Traces traces;
  private final Project project;

  /** Finds the functions of a stack. */
  public TaskFunctions(Stack stack, LambdaClient lambda, Traces traces, Project project) {
    this.stack = stack;
    this.lambda = lambda;
    this.traces = traces;
    this.project = project;
  }

  /**
   * One call of a function.
   *
   * @param did what was asked, for people
   * @param payload what the function returned, or how it failed
   * @param failed whether it failed
   * @param log the last lines of its log
   */
  public record Invocation(String did, String payload, boolean failed, String log) {
    /** Tells whether an execution environment was made for it. */
    public boolean coldStart() {
      return log.contains("Init Duration:");
    }
  }

  /**
   * Returns what Lambda calls a function.
   *
   * @throws Finding if no output says
   */
  public String name(String function) {
    return stack.output(output(function), "what your function " + function + " is called, !Ref");
  }

  private static String output(String function) {
    return function + "FunctionName";
  }

  /** Tells whether the template has got so far as to name this function. */
  public boolean isDeclared(String function) {
    return stack.outputs().containsKey(output(function));
  }

  /**
   * Returns the settings of a function.
   *
   * @throws Finding if there is no such function
   */
  public GetFunctionConfigurationResponse settings(String function) {
    String name = name(function);
    try {
      return lambda.getFunctionConfiguration(request -> request.functionName(name));
    } catch (ResourceNotFoundException e) {
      throw Finding.did("asked Lambda for the function \"" + name + "\"")
          .expected("your function " + function)
          .got("404: there is no such function")
          .where(stack.template().outputPlace(output(function)))
          .why("The output must be the function's name, which is what !Ref gives.")
          .found();
    }
  }

  /** Returns the place of a property of a function in the template. */
  public String place(String function, String... path) {
    return logicalId(function)
        .map(
            id ->
                stack.template().has(id, path)
                    ? stack.template().resourcePlace(id, path)
                    : stack.template().resourcePlace(id)
                        + "  (it has no "
                        + path[path.length - 1]
                        + ")")
        .orElseGet(() -> stack.template().outputPlace(output(function)));
  }

  /** Returns the place of the policies of a function's role. */
  public String rolePlace(String function) {
    return logicalId(function)
        .flatMap(id -> stack.template().references(id, PROPERTIES, "Role").stream().findFirst())
        .map(
            role ->
                stack.template().has(role, PROPERTIES, "Policies", "0", "PolicyName")
                    ? stack
                        .template()
                        .resourcePlace(role, PROPERTIES, "Policies", "0", "PolicyName")
                    : stack.template().resourcePlace(role))
        .orElseGet(() -> place(function, PROPERTIES, "Role"));
  }

  private Optional<String> logicalId(String function) {
    return stack.template().outputReference(output(function));
  }

  /** Returns the source of a function's handler, or else the place where the template names it. */
  public String source(String function, String... texts) {
    return logicalId(function)
        .flatMap(id -> stack.template().text(id, PROPERTIES, "Handler"))
        .flatMap(handler -> project.sourcePlace(handler, texts))
        .orElseGet(() -> place(function, PROPERTIES, "Handler"));
  }

  /**
   * Calls a function and takes what comes, failures too.
   *
   * @throws Finding if there is no such function
   */
  public Invocation invoke(String function, TestEvent event) {
    String name = settings(function).functionName();
    String did = "called " + function + " " + event.words();
    traces.forget();
    InvokeResponse answer =
        lambda.invoke(
            request ->
                request
                    .functionName(name)
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String(event.json())));
    String log =
        answer.logResult() == null
            ? ""
            : new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    return new Invocation(
        did, answer.payload().asUtf8String(), answer.functionError() != null, log);
  }

  /**
   * Calls a function that is to answer as API Gateway needs it.
   *
   * @throws Finding if it fails, or answers in another form
   */
  public FunctionAnswer call(String function, TestEvent event) {
    Invocation invocation = invoke(function, event);
    if (invocation.failed()) {
      throw failure(function, invocation);
    }
    return answer(function, invocation);
  }

  private FunctionAnswer answer(String function, Invocation invocation) {
    JsonObject answer;
    try {
      JsonElement parsed = JsonParser.parseString(invocation.payload());
      answer = parsed.isJsonObject() ? parsed.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException e) {
      answer = new JsonObject();
    }
    JsonElement status = answer.get("statusCode");
    JsonElement body = answer.get("body");
    if (status == null
        || !status.isJsonPrimitive()
        || !status.getAsString().matches("\\d{3}")
        || (body != null && !body.isJsonPrimitive())) {
      throw Finding.did(invocation.did())
          .expected("{\"statusCode\": 201, \"headers\": {…}, \"body\": \"a text with JSON in it\"}")
          .got(invocation.payload().isEmpty() ? "nothing" : invocation.payload())
          .where(source(function, "handleRequest", "statusCode"))
          .why(
              "API Gateway takes an answer in this form only, with the body as a text; for any other"
                  + " it tells the caller 502.")
          .found();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (answer.get("headers") instanceof JsonObject sent) {
      sent.entrySet().stream()
          .filter(header -> header.getValue().isJsonPrimitive())
          .forEach(header -> headers.put(header.getKey(), header.getValue().getAsString()));
    }
    return new FunctionAnswer(
        invocation.did(),
        status.getAsInt(),
        headers,
        body == null ? "" : body.getAsString(),
        invocation.coldStart(),
        source(function, "handleRequest"));
  }

  /** Tells whether a function failed before its handler had a chance. */
  public boolean failedToStart(Invocation invocation) {
    if (!invocation.failed()) {
      return false;
    }
    Traces.FunctionFailure failure = traces.functionFailure(invocation.payload());
    return START_ERRORS.contains(failure.type())
        || failure.type().startsWith("Runtime.")
        || failure.type().startsWith("Sandbox.")
        || failure.message().contains("Task timed out")
        || failure.message().contains("Error loading class");
  }

  /** Says why a function failed, by the deepest cause that is known. */
  public Finding failure(String function, Invocation invocation) {
    Traces.FunctionFailure failure = traces.functionFailure(invocation.payload());
    String message = failure.message();
    if (message.contains(NOT_WRITTEN)) {
      return Finding.of(Finding.Kind.NOT_STARTED, invocation.did())
          .expected("an answer")
          .got(message)
          .where(failure.place().orElseGet(() -> source(function, "TODO")))
          .found();
    }
    Finding.Builder finding =
        Finding.did(invocation.did()).expected("an answer, whatever it says").got(failure.words());
    if (message.contains("Task timed out")) {
      return finding
          .where(place(function, PROPERTIES, "Timeout"))
          .why(
              "Lambda ends a call at the Timeout (3 seconds if there is none). A Java function's"
                  + " first call takes longest, and with little memory it has little processor.")
          .found();
    }
    if (failure.type().endsWith("OutOfMemoryError")) {
      return finding
          .where(place(function, PROPERTIES, "MemorySize"))
          .why("MemorySize is all that the JVM gets; 128 MB if the template does not say.")
          .found();
    }
    if (START_ERRORS.contains(failure.type()) && failure.place().isEmpty()) {
      return finding
          .got(failure.words() + nearest(message))
          .where(place(function, PROPERTIES, "Handler"))
          .why(
              failure.type().endsWith("NoClassDefFoundError")
                  ? "A function sees what is in its package, and nothing else: libraries too must be"
                      + " in it."
                  : "The handler is package.Class, or package.Class::method, as the Java source"
                      + " spells it.")
          .found();
    }
    Optional<Traces.Denial> denial = traces.denial();
    if (denial.isPresent()) {
      return finding
          .got(denial.orElseThrow().words())
          .where(rolePlace(function))
          .why(
              "A function may do what its role's policies allow, and nothing else. The exception"
                  + failure
                      .place()
                      .map(place -> " came at " + place)
                      .orElse(" was " + failure.type())
                  + ".")
          .found();
    }
    return finding
        .where(failure.place().orElseGet(() -> source(function, "handleRequest")))
        .why(
            "An exception that leaves a function is an error of the function: through API Gateway the"
                + " caller gets 502 and no word of it. It stands in the log.")
        .found();
  }

  private String nearest(String message) {
    List<String> classes = classes();
    ToIntFunction<String> likeness =
        name -> common(message.toLowerCase(java.util.Locale.ROOT), name);
    return classes.stream()
        .max(java.util.Comparator.comparingInt(likeness))
        .map(name -> "\nThe nearest class of yours: " + name)
        .orElse("");
  }

  /** Returns how long a piece of a class's own name is in a text. */
  private static int common(String text, String name) {
    String own = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    for (int length = own.length(); length > 0; length--) {
      for (int from = 0; from + length <= own.length(); from++) {
        if (text.contains(own.substring(from, from + length))) {
          return length;
        }
      }
    }
    return 0;
  }

  private List<String> classes() {
    try (Stream<Path> files = Files.walk(project.sources())) {
      return files
          .map(file -> project.sources().relativize(file).toString())
          .filter(file -> file.endsWith(".java") && !file.endsWith("-info.java"))
          .map(file -> file.replaceAll("[/\\\\]", ".").replaceAll("\\.java$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
