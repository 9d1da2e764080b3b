package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import dev.cloudtask.localcloud.http.HttpHeaders;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.http.RequestBody;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import dev.cloudtask.localcloud.services.lambda.execution.InvocationResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Invoke.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class InvokeOperation {
  private static final int MAX_EVENT = 6_291_456;
  private static final int MAX_ASYNC_EVENT = 1_048_576;

  private final Invocations invocations;
  private final AsyncInvocations asynchronous;
  private final FunctionStore store;

  InvokeOperation(Invocations invocations, AsyncInvocations asynchronous, FunctionStore store) {
    this.invocations = invocations;
    this.asynchronous = asynchronous;
    this.store = store;
  }

  HttpResponse invoke(LambdaRequest request) {
    FunctionRef function = request.function();
    Optional<String> type = request.call().http().header("X-Amz-Invocation-Type");
    Optional<String> logType = request.call().http().header("X-Amz-Log-Type");
    new Constraints("ValidationException")
        .oneOf("invocationType", type, List.of("Event", "RequestResponse", "DryRun"))
        .oneOf("logType", logType, List.of("None", "Tail"))
        .check();
    return switch (type.orElse("RequestResponse")) {
      case "DryRun" -> {
        store.requireVersion(function);
        yield RestJson.empty(204, request.call().requestId());
      }
      case "Event" -> accept(request, function);
      default -> run(request, function, logType.filter("Tail"::equals).isPresent());
    };
  }

  /** InvokeAsync, the operation before Invoke had types. */
  HttpResponse invokeAsync(LambdaRequest request) {
    return accept(request, request.function());
  }

  private HttpResponse accept(LambdaRequest request, FunctionRef function) {
    byte[] event = event(request, MAX_ASYNC_EVENT);
    invocations.requireInvocable(function);
    asynchronous.accept(function, request.call().requestId(), event, clientContext(request));
    return RestJson.empty(202, request.call().requestId());
  }

  private HttpResponse run(LambdaRequest request, FunctionRef function, boolean tail) {
    byte[] event = event(request, MAX_EVENT);
    FunctionVersion version = invocations.requireInvocable(function);
    InvocationResult result =
        invocations.invoke(
            function, request.call().requestId(), event, clientContext(request), request.span());
    HttpHeaders headers =
        HttpHeaders.of(
            "Content-Type",
            RestJson.CONTENT_TYPE,
            "x-amzn-RequestId",
            request.call().requestId(),
            "x-amzn-Remapped-Content-Length",
            "0",
            "X-Amz-Executed-Version",
            version.version());
    if (result.functionError().isPresent()) {
      headers = headers.with("X-Amz-Function-Error", result.functionError().get());
    }
    if (tail) {
      headers =
          headers.with("X-Amz-Log-Result", Base64.getEncoder().encodeToString(result.logTail()));
    }
    return new HttpResponse(200, headers, new HttpResponse.Bytes(result.payload()));
  }

  private static Optional<String> clientContext(LambdaRequest request) {
    return request
        .call()
        .http()
        .header("X-Amz-Client-Context")
        .map(
            text -> {
              try {
                return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
              } catch (IllegalArgumentException e) {
                throw LambdaErrors.invalid("Client context must be a valid Base64-encoded JSON");
              }
            });
  }

  private static byte[] event(LambdaRequest request, int limit) {
    byte[] event;
    try {
      event = request.call().http().body().bytes(limit);
    } catch (RequestBody.TooLargeException e) {
      throw LambdaErrors.requestTooLarge(limit);
    }
    if (event.length == 0) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    requireJson(new String(event, StandardCharsets.UTF_8));
    return event;
  }

  private static void requireJson(String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      reader.skipValue();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more than one value");
      }
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw LambdaErrors.eventNotJson(
          "Unrecognized token '"
              + text.strip().split("[^\\p{Alnum}_]", 2)[0]
              + "': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or"
              + " 'false')");
    }
  }
}
