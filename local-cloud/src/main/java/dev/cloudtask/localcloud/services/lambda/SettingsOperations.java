package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Operations on what surrounds a function: concurrency, tags, the account's limits. */
final class SettingsOperations {
  private static final int ACCOUNT_CONCURRENCY = 1_000;
  private static final int KEPT_UNRESERVED = 100;
  private static final int MAX_TAGS = 50;

  private final FunctionStore store;

  SettingsOperations(FunctionStore store) {
    this.store = store;
  }

  HttpResponse putConcurrency(LambdaRequest request) {
    Optional<Integer> wanted = request.body().integer("ReservedConcurrentExecutions");
    new Constraints("ValidationException")
        .required("reservedConcurrentExecutions", wanted)
        .range("reservedConcurrentExecutions", wanted, 0, Integer.MAX_VALUE)
        .check();
    setConcurrency(request.function(), wanted);
    JsonObject answer = new JsonObject();
    answer.addProperty("ReservedConcurrentExecutions", wanted.orElse(0));
    return RestJson.answer(200, answer, request.call().requestId());
  }

  /** Reserves calls at once for a function, or lifts the reservation. */
  void setConcurrency(FunctionRef function, Optional<Integer> wanted) {
    store.write(
        () -> {
          FunctionEntry entry = store.require(function);
          int others = reserved() - Math.max(0, entry.reservedConcurrency());
          if (wanted.orElse(0) > ACCOUNT_CONCURRENCY - KEPT_UNRESERVED - others) {
            throw LambdaErrors.invalid(
                "Specified ReservedConcurrentExecutions for function decreases account's"
                    + " UnreservedConcurrentExecution below its minimum value of ["
                    + KEPT_UNRESERVED
                    + "].");
          }
          store.put(entry.withReserved(wanted.orElse(FunctionEntry.UNRESERVED)));
        });
  }

  private int reserved() {
    return store.functions().stream()
        .mapToInt(entry -> Math.max(0, entry.reservedConcurrency()))
        .sum();
  }

  HttpResponse getConcurrency(LambdaRequest request) {
    FunctionEntry entry = store.require(request.function());
    JsonObject answer = new JsonObject();
    if (entry.reservedConcurrency() != FunctionEntry.UNRESERVED) {
      answer.addProperty("ReservedConcurrentExecutions", entry.reservedConcurrency());
    }
    return RestJson.answer(200, answer, request.call().requestId());
  }

  HttpResponse deleteConcurrency(LambdaRequest request) {
    setConcurrency(request.function(), Optional.empty());
    return RestJson.empty(204, request.call().requestId());
  }

  HttpResponse accountSettings(LambdaRequest request) {
    JsonObject limit = new JsonObject();
    limit.addProperty("TotalCodeSize", 80_530_636_800L);
    limit.addProperty("CodeSizeUnzipped", CodeStore.MAX_UNZIPPED);
    limit.addProperty("CodeSizeZipped", 52_428_800);
    limit.addProperty("ConcurrentExecutions", ACCOUNT_CONCURRENCY);
    limit.addProperty("UnreservedConcurrentExecutions", ACCOUNT_CONCURRENCY - reserved());
    JsonObject usage = new JsonObject();
    usage.addProperty(
        "TotalCodeSize",
        store.functions().stream().mapToLong(entry -> entry.latest().code().size()).sum());
    usage.addProperty("FunctionCount", store.functions().size());
    JsonObject answer = new JsonObject();
    answer.add("AccountLimit", limit);
    answer.add("AccountUsage", usage);
    return RestJson.answer(200, answer, request.call().requestId());
  }

  HttpResponse listTags(LambdaRequest request) {
    JsonObject answer = new JsonObject();
    answer.add("Tags", LambdaJson.map(store.require(tagged(request)).tags()));
    return RestJson.answer(200, answer, request.call().requestId());
  }

  HttpResponse tag(LambdaRequest request) {
    JsonBody body = request.body();
    FunctionRef function = tagged(request);
    store.write(
        () -> {
          FunctionEntry entry = store.require(function);
          Map<String, String> tags = new LinkedHashMap<>(entry.tags());
          tags.putAll(body.textMap("Tags").orElse(Map.of()));
          if (tags.size() > MAX_TAGS) {
            throw LambdaErrors.invalid("Number of tags exceeds resource tag limit.");
          }
          store.put(entry.withTags(tags));
        });
    return RestJson.empty(204, request.call().requestId());
  }

  HttpResponse untag(LambdaRequest request) {
    FunctionRef function = tagged(request);
    store.write(
        () -> {
          FunctionEntry entry = store.require(function);
          Map<String, String> tags = new LinkedHashMap<>(entry.tags());
          request.call().http().query().all("tagKeys").forEach(tags::remove);
          store.put(entry.withTags(tags));
        });
    return RestJson.empty(204, request.call().requestId());
  }

  private static FunctionRef tagged(LambdaRequest request) {
    String arn = request.label("ARN");
    if (!arn.startsWith("arn:")) {
      new Constraints("ValidationException")
          .pattern(
              "resource",
              Optional.of(arn),
              "arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:"
                  + "(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)"
                  + "|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[a-f0-9]{8}-[a-f0-9]"
                  + "{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})")
          .check();
    }
    FunctionRef function = FunctionRef.parse(arn, Optional.empty(), request.cloud());
    if (function.qualifier().isPresent()) {
      throw LambdaErrors.invalid(
          "Tags on function aliases and versions are not supported. Please specify a function ARN.");
    }
    return function;
  }
}
