package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.Constraints;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.protocol.restjson.RestJson;
import java.util.List;
import java.util.Optional;

/** Operations on resource-based policies: who else may invoke a function. */
final class PolicyOperations {
  private final CloudEnvironment cloud;
  private final FunctionStore store;

  PolicyOperations(CloudEnvironment cloud, FunctionStore store) {
    this.cloud = cloud;
    this.store = store;
  }

  HttpResponse add(LambdaRequest request) {
    JsonObject statement = add(request.function(), request.body());
    return RestJson.answer(
        201, LambdaJson.member("Statement", statement.toString()), request.call().requestId());
  }

  /** Adds a statement from the members of AddPermission; returns it. */
  JsonObject add(FunctionRef function, JsonBody body) {
    new Constraints("ValidationException")
        .required("statementId", body.text("StatementId"))
        .required("action", body.text("Action"))
        .required("principal", body.text("Principal"))
        .pattern("statementId", body.text("StatementId"), "([a-zA-Z0-9-_]+)")
        .length("statementId", body.text("StatementId"), 1, 100)
        .pattern("action", body.text("Action"), "(lambda:[*]|lambda:[a-zA-Z]+|[*])")
        .pattern("principal", body.text("Principal"), "[^\\s]+")
        .pattern(
            "sourceArn",
            body.text("SourceArn"),
            "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)")
        .pattern("sourceAccount", body.text("SourceAccount"), "\\d{12}")
        .oneOf("functionUrlAuthType", body.text("FunctionUrlAuthType"), List.of("NONE", "AWS_IAM"))
        .check();
    if (function.qualifier().filter(FunctionVersion.LATEST::equals).isPresent()) {
      throw LambdaErrors.invalid("We currently do not support adding policies for $LATEST.");
    }
    JsonObject statement = statement(function, body);
    String id = body.text("StatementId").orElse("");
    return store.write(
        () -> {
          store.requireVersion(function);
          Optional<ResourcePolicy> current = store.policy(function);
          requireRevision(current, body.text("RevisionId"));
          JsonArray statements =
              current.map(PolicyOperations::statements).orElseGet(JsonArray::new);
          for (JsonElement existing : statements) {
            if (sid(existing).equals(id)) {
              throw LambdaErrors.statementExists(id);
            }
          }
          statements.add(statement);
          put(function, statements);
          return statement;
        });
  }

  private JsonObject statement(FunctionRef function, JsonBody body) {
    JsonObject statement = new JsonObject();
    statement.addProperty("Sid", body.text("StatementId").orElse(""));
    statement.addProperty("Effect", "Allow");
    statement.add("Principal", principal(body.text("Principal").orElse("")));
    statement.addProperty("Action", body.text("Action").orElse(""));
    statement.addProperty("Resource", function.qualifiedArn(cloud));
    JsonObject condition = new JsonObject();
    JsonObject equals = new JsonObject();
    body.text("FunctionUrlAuthType")
        .ifPresent(type -> equals.addProperty("lambda:FunctionUrlAuthType", type));
    body.text("SourceAccount")
        .ifPresent(account -> equals.addProperty("AWS:SourceAccount", account));
    body.text("EventSourceToken")
        .ifPresent(token -> equals.addProperty("lambda:EventSourceToken", token));
    body.text("PrincipalOrgID").ifPresent(id -> equals.addProperty("aws:PrincipalOrgID", id));
    if (equals.size() > 0) {
      condition.add("StringEquals", equals);
    }
    body.text("SourceArn")
        .ifPresent(arn -> condition.add("ArnLike", LambdaJson.member("AWS:SourceArn", arn)));
    if (condition.size() > 0) {
      statement.add("Condition", condition);
    }
    return statement;
  }

  private static JsonElement principal(String principal) {
    if (principal.equals("*")) {
      return new JsonPrimitive("*");
    }
    if (principal.matches("\\d{12}")) {
      return LambdaJson.member("AWS", "arn:aws:iam::" + principal + ":root");
    }
    if (principal.matches("arn:aws[a-zA-Z-]*:(iam|sts)::\\d{12}:.+")) {
      return LambdaJson.member("AWS", principal);
    }
    if (principal.matches("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?")) {
      return LambdaJson.member("Service", principal);
    }
    throw LambdaErrors.principalInvalid();
  }

  HttpResponse get(LambdaRequest request) {
    FunctionRef function = request.function();
    ResourcePolicy policy = store.policy(function).orElseThrow(LambdaErrors::noSuchResource);
    JsonObject answer = new JsonObject();
    answer.addProperty("Policy", policy.json());
    answer.addProperty("RevisionId", policy.revisionId());
    return RestJson.answer(200, answer, request.call().requestId());
  }

  HttpResponse remove(LambdaRequest request) {
    remove(request.function(), request.label("StatementId"), request.query("RevisionId"));
    return RestJson.empty(204, request.call().requestId());
  }

  void remove(FunctionRef function, String id, Optional<String> revision) {
    store.write(
        () -> {
          store.requireVersion(function);
          ResourcePolicy policy = store.policy(function).orElseThrow(LambdaErrors::noPolicy);
          requireRevision(Optional.of(policy), revision);
          JsonArray kept = new JsonArray();
          JsonArray all = statements(policy);
          all.forEach(
              statement -> {
                if (!sid(statement).equals(id)) {
                  kept.add(statement);
                }
              });
          if (kept.size() == all.size()) {
            throw LambdaErrors.statementMissing(id);
          }
          put(function, kept);
        });
  }

  private void put(FunctionRef function, JsonArray statements) {
    if (statements.isEmpty()) {
      store.removePolicy(function);
      return;
    }
    JsonObject document = new JsonObject();
    document.addProperty("Version", "2012-10-17");
    document.addProperty("Id", "default");
    document.add("Statement", statements);
    store.putPolicy(function, new ResourcePolicy(document.toString(), cloud.ids().uuid()));
  }

  private static void requireRevision(Optional<ResourcePolicy> policy, Optional<String> revision) {
    if (revision.isPresent()
        && policy.filter(found -> !found.revisionId().equals(revision.get())).isPresent()) {
      throw LambdaErrors.revisionMismatch();
    }
  }

  private static JsonArray statements(ResourcePolicy policy) {
    return JsonParser.parseString(policy.json()).getAsJsonObject().getAsJsonArray("Statement");
  }

  private static String sid(JsonElement statement) {
    return statement.getAsJsonObject().get("Sid").getAsString();
  }
}
