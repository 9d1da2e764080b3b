package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import java.util.List;
import java.util.Optional;

/** Operations on aliases: names for versions that can be pointed elsewhere. */
final class AliasOperations {
  private final CloudEnvironment cloud;
  private final FunctionStore store;
  private final LambdaJson json;

  AliasOperations(CloudEnvironment cloud, FunctionStore store, LambdaJson json) {
    this.cloud = cloud;
    this.store = store;
    this.json = json;
  }

  HttpResponse create(LambdaRequest request) {
    JsonBody body = request.body();
    Alias alias = create(request.function(), body);
    return RestJson.answer(201, json.alias(alias), request.call().requestId());
  }

  Alias create(FunctionRef function, JsonBody body) {
    refuseRouting("CreateAlias", body);
    String name = body.text("Name").orElse("");
    new Constraints("ValidationException")
        .required("name", body.text("Name"))
        .required("functionVersion", body.text("FunctionVersion"))
        .pattern("name", body.text("Name"), "(?!^[0-9]+$)([a-zA-Z0-9-_]+)")
        .pattern("functionVersion", body.text("FunctionVersion"), "(\\$LATEST|[0-9]+)")
        .check();
    return store.write(
        () -> {
          store.require(function);
          String version = requireVersion(function, body.text("FunctionVersion").orElse(""));
          if (store.alias(function.name(), name).isPresent()) {
            throw LambdaErrors.conflict(
                "Alias already exists: " + json.arn(function.name()) + ":" + name);
          }
          Alias alias =
              new Alias(
                  function.name(),
                  name,
                  version,
                  body.text("Description").orElse(""),
                  cloud.ids().uuid());
          store.put(alias);
          return alias;
        });
  }

  HttpResponse get(LambdaRequest request) {
    return RestJson.answer(
        200,
        json.alias(require(request.function(), request.label("Name"))),
        request.call().requestId());
  }

  HttpResponse list(LambdaRequest request) {
    FunctionRef function = request.function();
    store.require(function);
    List<Alias> aliases =
        store.aliases(function.name()).stream()
            .filter(
                alias -> request.query("FunctionVersion").map(alias.version()::equals).orElse(true))
            .toList();
    return RestJson.answer(
        200, Pages.page(request, "Aliases", aliases, json::alias), request.call().requestId());
  }

  HttpResponse update(LambdaRequest request) {
    Alias alias = update(request.function(), request.label("Name"), request.body());
    return RestJson.answer(200, json.alias(alias), request.call().requestId());
  }

  Alias update(FunctionRef function, String name, JsonBody body) {
    refuseRouting("UpdateAlias", body);
    return store.write(
        () -> {
          Alias current = require(function, name);
          if (body.text("RevisionId").filter(id -> !id.equals(current.revisionId())).isPresent()) {
            throw LambdaErrors.revisionMismatch();
          }
          Alias changed =
              new Alias(
                  current.functionName(),
                  current.name(),
                  body.text("FunctionVersion")
                      .map(version -> requireVersion(function, version))
                      .orElse(current.version()),
                  body.text("Description").orElse(current.description()),
                  cloud.ids().uuid());
          store.put(changed);
          return changed;
        });
  }

  HttpResponse delete(LambdaRequest request) {
    delete(request.function(), request.label("Name"));
    return RestJson.empty(204, request.call().requestId());
  }

  void delete(FunctionRef function, String name) {
    store.write(() -> store.alias(function.name(), name).ifPresent(store::removeAlias));
  }

  private static void refuseRouting(String operation, JsonBody body) {
    body.refuse(
        "RoutingConfig",
        NotEmulated.parameter(
            "lambda", operation, "RoutingConfig", "An alias points at one version here."));
  }

  private String requireVersion(FunctionRef function, String version) {
    return store.requireVersion(new FunctionRef(function.name(), Optional.of(version))).version();
  }

  private Alias require(FunctionRef function, String name) {
    return store
        .alias(function.name(), name)
        .orElseThrow(
            () ->
                LambdaErrors.notFound(
                    "Cannot find alias arn: " + json.arn(function.name()) + ":" + name));
  }
}
