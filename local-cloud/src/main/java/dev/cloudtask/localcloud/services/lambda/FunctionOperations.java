package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Operations on functions themselves. */
final class FunctionOperations {
  private final Functions functions;
  private final LambdaJson json;
  private final Supplier<URI> endpoint;

  FunctionOperations(Functions functions, LambdaJson json, Supplier<URI> endpoint) {
    this.functions = functions;
    this.json = json;
    this.endpoint = endpoint;
  }

  HttpResponse create(LambdaRequest request) {
    FunctionVersion created = functions.create(request.caller(), request.body());
    return answer(201, json.configuration(created, false, true), request);
  }

  HttpResponse get(LambdaRequest request) {
    FunctionRef function = request.function();
    FunctionVersion version = functions.store().requireVersion(function);
    FunctionEntry entry = functions.store().require(function);
    JsonObject answer = new JsonObject();
    answer.add(
        "Configuration", json.configuration(version, function.qualifier().isPresent(), true));
    JsonObject code = new JsonObject();
    code.addProperty("RepositoryType", "S3");
    code.addProperty(
        "Location", endpoint.get().resolve(LambdaEndpoint.CODE_PATH + version.code().key()) + "");
    answer.add("Code", code);
    if (!entry.tags().isEmpty()) {
      answer.add("Tags", LambdaJson.map(entry.tags()));
    }
    if (entry.reservedConcurrency() != FunctionEntry.UNRESERVED) {
      JsonObject concurrency = new JsonObject();
      concurrency.addProperty("ReservedConcurrentExecutions", entry.reservedConcurrency());
      answer.add("Concurrency", concurrency);
    }
    return answer(200, answer, request);
  }

  HttpResponse configuration(LambdaRequest request) {
    FunctionRef function = request.function();
    FunctionVersion version = functions.store().requireVersion(function);
    return answer(
        200, json.configuration(version, function.qualifier().isPresent(), true), request);
  }

  HttpResponse list(LambdaRequest request) {
    boolean all = request.query("FunctionVersion").filter("ALL"::equals).isPresent();
    List<FunctionVersion> found = new ArrayList<>();
    for (FunctionEntry entry : functions.store().functions()) {
      found.add(entry.latest());
      if (all) {
        found.addAll(functions.store().versions(entry.latest().name()));
      }
    }
    return answer(
        200,
        Pages.page(request, "Functions", found, version -> json.configuration(version, all, false)),
        request);
  }

  HttpResponse updateCode(LambdaRequest request) {
    FunctionVersion updated =
        functions.updateCode(request.caller(), request.function(), request.body());
    return answer(200, json.configuration(updated, false, true), request);
  }

  HttpResponse updateConfiguration(LambdaRequest request) {
    FunctionVersion updated = functions.updateSettings(request.function(), request.body());
    return answer(200, json.configuration(updated, false, true), request);
  }

  HttpResponse delete(LambdaRequest request) {
    functions.delete(request.function());
    return RestJson.empty(204, request.call().requestId());
  }

  HttpResponse publish(LambdaRequest request) {
    FunctionRef function = new FunctionRef(request.function().name(), Optional.empty());
    FunctionEntry entry = functions.store().require(function);
    Functions.requireRevision(entry.latest(), request.body());
    request
        .body()
        .text("CodeSha256")
        .filter(hash -> !hash.equals(entry.latest().code().sha256()))
        .ifPresent(
            hash -> {
              throw LambdaErrors.invalid(
                  "CodeSHA256 ("
                      + hash
                      + ") is different from current CodeSHA256 in $LATEST ("
                      + entry.latest().code().sha256()
                      + "). Please try again with the CodeSHA256 in $LATEST.");
            });
    FunctionVersion version =
        functions.publish(function, request.body().text("Description").orElse(""));
    return answer(201, json.configuration(version, true, true), request);
  }

  HttpResponse listVersions(LambdaRequest request) {
    FunctionRef function = request.function();
    List<FunctionVersion> found = new ArrayList<>();
    found.add(functions.store().require(function).latest());
    found.addAll(functions.store().versions(function.name()));
    return answer(
        200,
        Pages.page(request, "Versions", found, version -> json.configuration(version, true, false)),
        request);
  }

  private static HttpResponse answer(int status, JsonObject body, LambdaRequest request) {
    return RestJson.answer(status, body, request.call().requestId());
  }
}
