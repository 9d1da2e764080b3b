package dev.cloudtask.localcloud.services.iam;

import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.iam.AccessRequest;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.iam.Evaluator;
import dev.cloudtask.localcloud.iam.Identity;
import dev.cloudtask.localcloud.iam.Identity.NamedPolicy;
import dev.cloudtask.localcloud.iam.PolicyDocument;
import dev.cloudtask.localcloud.iam.PolicyKind;
import dev.cloudtask.localcloud.iam.Verdict;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import dev.cloudtask.localcloud.protocol.awsquery.QueryProtocol;
import dev.cloudtask.localcloud.protocol.awsquery.QueryResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy simulator: the same evaluator that guards the cloud, asked what it would say.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">
 *     SimulatePrincipalPolicy</a>
 */
final class SimulationOperations {
  private record Result(String action, String resource, Verdict verdict, AccessRequest request) {}

  private final IamStore store;
  private final IamAccess access;
  private final IamAuthorizer authorizer;

  SimulationOperations(IamStore store, IamAccess access, IamAuthorizer authorizer) {
    this.store = store;
    this.access = access;
    this.authorizer = authorizer;
  }

  void register(QueryProtocol<ServiceCall> table) {
    table
        .operation(
            "SimulatePrincipalPolicy",
            this::principal,
            "PolicySourceArn",
            "PolicyInputList",
            "PermissionsBoundaryPolicyInputList",
            "ActionNames",
            "ResourceArns",
            "ResourcePolicy",
            "ContextEntries",
            "MaxItems",
            "Marker")
        .operation(
            "SimulateCustomPolicy",
            this::custom,
            "PolicyInputList",
            "PermissionsBoundaryPolicyInputList",
            "ActionNames",
            "ResourceArns",
            "ResourcePolicy",
            "ContextEntries",
            "MaxItems",
            "Marker");
  }

  private void principal(ServiceCall call, QueryInput input, QueryResult result) {
    String arn = input.required("PolicySourceArn");
    access.check(call.caller(), "SimulatePrincipalPolicy", arn, call.span());
    Caller caller = source(arn);
    Identity own = authorizer.identity(caller);
    List<NamedPolicy> policies = new ArrayList<>(own.policies());
    policies.addAll(given(input, "PolicyInputList"));
    Optional<NamedPolicy> boundary =
        given(input, "PermissionsBoundaryPolicyInputList").stream().findFirst();
    simulate(
        input,
        result,
        caller,
        new Identity(
            own.principalArn(),
            own.userId(),
            own.tags(),
            policies,
            boundary.isPresent() ? boundary : own.boundary(),
            List.of()));
  }

  private void custom(ServiceCall call, QueryInput input, QueryResult result) {
    access.check(call.caller(), "SimulateCustomPolicy", "*", call.span());
    Caller nobody = new Caller.User(store.environment().accountId(), "simulated");
    simulate(
        input,
        result,
        nobody,
        new Identity(
            nobody.arn(),
            "",
            Map.of(),
            given(input, "PolicyInputList"),
            given(input, "PermissionsBoundaryPolicyInputList").stream().findFirst(),
            List.of()));
  }

  private Caller source(String arn) {
    String account = store.environment().accountId();
    Optional<Role> role = store.roleByArn(arn);
    if (role.isPresent()) {
      return new Caller.AssumedRole(account, role.get().name(), role.get().id(), "simulated");
    }
    int slash = arn.lastIndexOf('/');
    return store
        .users
        .get(arn.substring(slash + 1))
        .filter(user -> user.arn().equals(arn))
        .map(user -> (Caller) new Caller.User(account, user.name(), user.path()))
        .orElseThrow(
            () ->
                arn.contains(":role/")
                    ? IamErrors.noSuchRole(arn.substring(slash + 1))
                    : IamErrors.noSuchUser(arn.substring(slash + 1)));
  }

  private static List<NamedPolicy> given(QueryInput input, String parameter) {
    List<NamedPolicy> policies = new ArrayList<>();
    for (String text : input.texts(parameter)) {
      IamNames.document(text, PolicyKind.INLINE);
      policies.add(
          new NamedPolicy(
              parameter + "." + (policies.size() + 1),
              PolicyDocument.parse(text, PolicyKind.INLINE)));
    }
    return policies;
  }

  private void simulate(QueryInput input, QueryResult out, Caller caller, Identity identity) {
    Map<String, List<String>> context = new LinkedHashMap<>();
    for (QueryInput entry : input.list("ContextEntries")) {
      context.put(entry.required("ContextKeyName"), entry.texts("ContextKeyValues"));
    }
    Optional<String> resourcePolicy = input.text("ResourcePolicy");
    resourcePolicy.ifPresent(text -> IamNames.document(text, PolicyKind.RESOURCE));
    List<String> actions = input.texts("ActionNames");
    if (actions.isEmpty()) {
      input.required("ActionNames");
    }
    List<String> resources = input.texts("ResourceArns");
    List<Result> results = new ArrayList<>();
    for (String action : actions) {
      for (String resource : resources.isEmpty() ? List.of("*") : resources) {
        AccessRequest request =
            new AccessRequest(caller, action, resource, context, resourcePolicy);
        results.add(new Result(action, resource, Evaluator.decide(request, identity), request));
      }
    }
    // The place in the list is the key that pages go by.
    Page.of(input, results, each -> "%06d".formatted(results.indexOf(each)))
        .write(out, "EvaluationResults", (member, each) -> write(member, each, identity));
  }

  private static void write(QueryResult out, Result result, Identity identity) {
    String decision =
        result.verdict().allowed()
            ? "allowed"
            : result.verdict().message().contains("with an explicit deny")
                ? "explicitDeny"
                : "implicitDeny";
    out.text("EvalActionName", result.action())
        .text("EvalResourceName", result.resource())
        .text("EvalDecision", decision)
        .list(
            "MatchedStatements",
            Evaluator.matched(result.request(), identity).stream()
                .filter(each -> each.allow() != decision.equals("explicitDeny"))
                .toList(),
            (member, each) ->
                member
                    .text("SourcePolicyId", sourceId(each.policy()))
                    .text("SourcePolicyType", "IAM Policy"))
        .texts("MissingContextValues", Evaluator.missingKeys(result.request(), identity));
  }

  private static String sourceId(String policy) {
    return policy.replace("inline policy ", "");
  }
}
