package dev.cloudtask.localcloud.protocol.awsjson;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A service's table of operations and its way onto the wire.
 *
 * <p>Made once per service by {@link #builder}; a service's endpoint hands its calls on to {@link
 * #handle} and {@link #failure}.
 *
 * @param <C> what the service wants to know of a call beside its input: caller, time, trace
 */
public final class AwsJson<C> {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private static final int LONGEST_HEADER = 4_096;

  private final String service;
  private final String targetPrefix;
  private final String contentType;
  private final int bodyLimit;
  private final boolean crc32;
  private final boolean errorHeaders;
  private final ErrorForm errorForm;
  private final Set<String> structuredDetails;
  private final Map<String, JsonOperation<C>> operations;
  private final Set<String> refused;

  private AwsJson(Builder<C> builder) {
    service = builder.service;
    targetPrefix = builder.targetPrefix;
    contentType = "application/x-amz-json-" + builder.version;
    bodyLimit = builder.bodyLimit;
    crc32 = builder.crc32;
    errorHeaders = builder.errorHeaders;
    errorForm = builder.errorForm;
    structuredDetails = builder.structuredDetails;
    operations = Collections.unmodifiableMap(new TreeMap<>(builder.operations));
    refused = Collections.unmodifiableSet(new TreeSet<>(builder.refused));
  }

  /**
   * Begins a table.
   *
   * @param service the service as AWS spells it in lower case, for instance {@code dynamodb}
   * @param targetPrefix what stands before the dot in X-Amz-Target, for instance {@code
   *     DynamoDB_20120810}
   * @param version {@code 1.0} or {@code 1.1}
   */
  public static <C> Builder<C> builder(String service, String targetPrefix, String version) {
    return new Builder<>(service, targetPrefix, version);
  }

  /**
   * Tells whether a request's X-Amz-Target names this service, whether or not the operation exists.
   */
  public boolean recognises(HttpRequest request) {
    return operation(request).isPresent();
  }

  /** Returns the operation that X-Amz-Target names, if it names this service; it may not exist. */
  public Optional<String> operation(HttpRequest request) {
    return request
        .header("X-Amz-Target")
        .filter(target -> target.startsWith(targetPrefix + "."))
        .map(target -> target.substring(targetPrefix.length() + 1));
  }

  /** Returns the names of the operations that are emulated, sorted. */
  public Set<String> operations() {
    return operations.keySet();
  }

  /** Returns the names of the operations that AWS has and this cloud refuses, sorted. */
  public Set<String> refused() {
    return refused;
  }

  /**
   * Answers a request.
   *
   * @throws AwsException as the operation fails, or UnknownOperationException,
   *     SerializationException
   */
  public HttpResponse handle(HttpRequest request, String requestId, C call) {
    if (!speaksJson(request)) {
      // AWS's framework finds no protocol for the request, and answers in a bare form of its own.
      return HttpResponse.of(404, "text/plain", "<UnknownOperationException/>\n")
          .with("x-amzn-RequestId", requestId);
    }
    String name = operation(request).orElse("");
    JsonOperation<C> operation = operations.get(name);
    if (operation == null) {
      throw unknown(name);
    }
    JsonObject output = operation.perform(JsonInput.of(parse(request)), call);
    return answer(200, output, requestId);
  }

  /** Puts a failure on the wire. */
  public HttpResponse failure(AwsException failure, String requestId) {
    JsonObject body = new JsonObject();
    body.addProperty("__type", errorForm.type(failure.code()));
    failure
        .details()
        .forEach(
            (name, value) -> {
              if (structuredDetails.contains(name)) {
                body.add(name, JsonParser.parseString(value));
              } else {
                body.addProperty(name, value);
              }
            });
    if (!failure.message().isEmpty()) {
      body.addProperty(errorForm.messageMember(failure.code()), failure.message());
    }
    HttpResponse response = answer(failure.status(), body, requestId);
    if (errorHeaders) {
      response = response.with("x-amzn-ErrorType", failure.code() + ":");
      if (isHeaderText(failure.message())) {
        response = response.with("x-amzn-ErrorMessage", failure.message());
      }
    }
    return response;
  }

  private HttpResponse answer(int status, JsonObject body, String requestId) {
    byte[] bytes = GSON.toJson(body).getBytes(StandardCharsets.UTF_8);
    HttpResponse response =
        HttpResponse.of(status, contentType, bytes).with("x-amzn-RequestId", requestId);
    if (crc32) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      response = response.with("x-amz-crc32", Long.toString(sum.getValue()));
    }
    return response;
  }

  private AwsException unknown(String name) {
    return refused.contains(name)
        ? NotEmulated.operation(service, name, operations.keySet())
        : new AwsException("UnknownOperationException", 400, "");
  }

  private JsonObject parse(HttpRequest request) {
    byte[] body;
    try {
      body = request.body().bytes(bodyLimit);
    } catch (dev.cloudtask.localcloud.http.RequestBody.TooLargeException e) {
      throw new AwsException(
          "RequestEntityTooLarge", 413, "Request size exceeded " + bodyLimit + " bytes");
    }
    try {
      JsonReader reader =
          new JsonReader(new StringReader(new String(body, StandardCharsets.UTF_8)));
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (element.isJsonObject()
          && reader.peek() == com.google.gson.stream.JsonToken.END_DOCUMENT) {
        return element.getAsJsonObject();
      }
    } catch (JsonParseException | java.io.IOException | StackOverflowError e) {
      // Falls through: AWS says no more than that it could not read it.
    }
    throw JsonInput.serialization("");
  }

  private static boolean speaksJson(HttpRequest request) {
    String type = request.header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    String bare = (semicolon < 0 ? type : type.substring(0, semicolon)).trim();
    return bare.equalsIgnoreCase("application/x-amz-json-1.0")
        || bare.equalsIgnoreCase("application/x-amz-json-1.1")
        || bare.equalsIgnoreCase("application/json");
  }

  /** A message may quote what it refuses: one that no client would read goes in the body alone. */
  private static boolean isHeaderText(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_HEADER
        && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /**
   * Collects a service's operations and habits.
   *
   * @param <C> as the table's
   */
  public static final class Builder<C> {
    private final String service;
    private final String targetPrefix;
    private final String version;
    private final Map<String, JsonOperation<C>> operations = new TreeMap<>();
    private final Set<String> refused = new TreeSet<>();
    private ErrorForm errorForm = ErrorForm.PLAIN;
    private Set<String> structuredDetails = Set.of();
    private int bodyLimit = 1024 * 1024;
    private boolean crc32;
    private boolean errorHeaders;

    private Builder(String service, String targetPrefix, String version) {
      this.service = service;
      this.targetPrefix = targetPrefix;
      this.version = version;
    }

    /** Adds an operation. */
    public Builder<C> operation(String name, JsonOperation<C> operation) {
      if (operations.put(name, operation) != null || refused.contains(name)) {
        throw new IllegalArgumentException("operation " + name + " is there twice");
      }
      return this;
    }

    /** Adds operations that AWS has and this cloud refuses by name. */
    public Builder<C> refuse(String... names) {
      for (String name : names) {
        if (!refused.add(name) || operations.containsKey(name)) {
          throw new IllegalArgumentException("operation " + name + " is there twice");
        }
      }
      return this;
    }

    /** Sets how errors are written; otherwise {@link ErrorForm#PLAIN}. */
    public Builder<C> errorForm(ErrorForm form) {
      errorForm = form;
      return this;
    }

    /** Names the error details whose text is JSON and goes out as JSON. */
    public Builder<C> structuredDetails(String... names) {
      structuredDetails = Set.of(names);
      return this;
    }

    /** Sets the largest request body in bytes; otherwise 1 MiB. */
    public Builder<C> bodyLimit(int bytes) {
      bodyLimit = bytes;
      return this;
    }

    /** Sends the checksum of every body in {@code x-amz-crc32}, as DynamoDB does. */
    public Builder<C> crc32() {
      crc32 = true;
      return this;
    }

    /** Sends code and message of errors in headers too, as Cognito does. */
    public Builder<C> errorHeaders() {
      errorHeaders = true;
      return this;
    }

    /** Ends the table. */
    public AwsJson<C> build() {
      return new AwsJson<>(this);
    }
  }
}
