package dev.cloudtask.localcloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.Fact;
import dev.cloudtask.localcloud.iam.Identity.NamedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final String ACCOUNT = "000000000000";
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Tasks";
  private static final String ROLE = "arn:aws:iam::000000000000:role/app/Worker";
  private static final Caller FUNCTION =
      new Caller.AssumedRole(ACCOUNT, "Worker", "AROA1", "CreateTask");
  private static final Caller ANN = new Caller.User(ACCOUNT, "ann");
  private static final String ANN_ARN = "arn:aws:iam::000000000000:user/ann";
  private static final Caller ROOT = new Caller.Root(ACCOUNT);

  private static String json(String quoted) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + quoted.replace('\'', '"') + "]}";
  }

  private static Identity identity(String arn, String... statements) {
    List<NamedPolicy> policies = new ArrayList<>();
    for (String each : statements) {
      policies.add(
          new NamedPolicy("inline policy P", PolicyDocument.parse(json(each), PolicyKind.INLINE)));
    }
    return Identity.of(arn, policies);
  }

  private static Optional<NamedPolicy> boundary(String statement) {
    return Optional.of(
        new NamedPolicy("boundary", PolicyDocument.parse(json(statement), PolicyKind.MANAGED)));
  }

  private static AccessRequest ask(Caller caller, String action, String resource) {
    return AccessRequest.of(caller, action, resource);
  }

  private static String allow(String action, String resource) {
    return "{'Effect':'Allow','Action':'" + action + "','Resource':'" + resource + "'}";
  }

  private static String deny(String action, String resource) {
    return allow(action, resource).replace("Allow", "Deny");
  }

  @Test
  @Fact({"IAM-001", "IAM-005"})
  void decide_withoutAnyAllow_refusesNamingPrincipalActionAndResource() {
    Verdict verdict =
        Evaluator.decide(
            ask(FUNCTION, "dynamodb:PutItem", TABLE),
            identity(ROLE, allow("dynamodb:GetItem", TABLE)));

    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.message())
        .isEqualTo(
            "User: arn:aws:sts::000000000000:assumed-role/Worker/CreateTask is not authorized to"
                + " perform: dynamodb:PutItem on resource: "
                + TABLE
                + " because no identity-based policy allows the dynamodb:PutItem action");
    assertThat(verdict.messageQuoted()).contains("on resource: \"" + TABLE + "\" because");
  }

  @Test
  @Fact({"IAM-001", "IAM-003"})
  void decide_withDenyAndAllow_refusesByTheDeny() {
    Verdict verdict =
        Evaluator.decide(
            ask(FUNCTION, "dynamodb:PutItem", TABLE),
            identity(ROLE, allow("dynamodb:*", "*"), deny("dynamodb:Put*", TABLE)));

    assertThat(verdict.message())
        .endsWith("on resource: " + TABLE + " with an explicit deny in an identity-based policy");
    assertThat(verdict.reason()).isEqualTo("denied by statement 1 of inline policy P");
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:PutItem, true",
    "dynamodb:putitem, true",
    "DynamoDB:P*m, true",
    "dynamodb:P?tItem, true",
    "*, true",
    "dynamodb:Put, false",
    "dynamodb:*Get*, false",
    "s3:*, false",
  })
  void decide_matchesActionsWithWildcards_ignoringCase(String pattern, boolean allowed) {
    assertThat(
            Evaluator.decide(
                    ask(ANN, "dynamodb:PutItem", TABLE), identity(ANN_ARN, allow(pattern, "*")))
                .allowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:dynamodb:us-east-1:000000000000:table/Tasks, true",
    "arn:aws:dynamodb:*:*:table/Tasks, true",
    "arn:aws:dynamodb:us-east-1:000000000000:table/*, true",
    "arn:aws:dynamodb:us-east-1:000000000000:table/T?sks, true",
    "arn:aws:dynamodb:us-east-1:000000000000:table/tasks, false",
    "arn:aws:dynamodb:us-east-1:000000000000:table/Tasks/index/*, false",
    "arn:aws:dynamodb:us-east-1:111111111111:table/Tasks, false",
    "arn:aws:dynamodb:us-east-1:000000000000:table/Task, false",
  })
  void decide_matchesResources_mindingCase(String pattern, boolean allowed) {
    assertThat(
            Evaluator.decide(
                    ask(ANN, "dynamodb:PutItem", TABLE),
                    identity(ANN_ARN, allow("dynamodb:*", pattern)))
                .allowed())
        .isEqualTo(allowed);
  }

  @Test
  void decide_understandsNotActionAndNotResource() {
    Identity identity =
        identity(
            ANN_ARN,
            "{'Effect':'Allow','NotAction':'iam:*','NotResource':'arn:aws:s3:::secret/*'}");

    assertThat(Evaluator.decide(ask(ANN, "s3:GetObject", "arn:aws:s3:::b/k"), identity).allowed())
        .isTrue();
    assertThat(
            Evaluator.decide(ask(ANN, "s3:GetObject", "arn:aws:s3:::secret/k"), identity).allowed())
        .isFalse();
    assertThat(Evaluator.decide(ask(ANN, "iam:GetUser", ANN_ARN), identity).allowed()).isFalse();
  }

  @Test
  @Fact({"IAM-001", "IAM-002"})
  void decide_byResourcePolicyAlone_allowsWhomItNames() {
    String policy =
        json(
            "{'Effect':'Allow','Principal':{'AWS':'"
                + ROLE
                + "'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}");
    AccessRequest request =
        ask(FUNCTION, "s3:GetObject", "arn:aws:s3:::b/k").withResourcePolicy(Optional.of(policy));

    assertThat(Evaluator.decide(request, identity(ROLE)).allowed()).isTrue();
    assertThat(
            Evaluator.decide(
                    ask(ANN, "s3:GetObject", "arn:aws:s3:::b/k")
                        .withResourcePolicy(Optional.of(policy)),
                    identity(ANN_ARN))
                .allowed())
        .isFalse();
  }

  @Test
  void decide_ofServices_goesByTheResourcePolicy() {
    String policy =
        json(
            "{'Effect':'Allow','Principal':{'Service':'apigateway.amazonaws.com'},"
                + "'Action':'lambda:InvokeFunction','Resource':'arn:aws:lambda:r:a:function:f',"
                + "'Condition':{'ArnLike':{'AWS:SourceArn':"
                + "'arn:aws:execute-api:us-east-1:000000000000:api1/*/GET/tasks'}}}");
    String function = "arn:aws:lambda:r:a:function:f";
    Caller right =
        new Caller.Service(
            "apigateway.amazonaws.com",
            "arn:aws:execute-api:us-east-1:000000000000:api1/prod/GET/tasks",
            ACCOUNT);
    Caller wrong =
        new Caller.Service(
            "apigateway.amazonaws.com",
            "arn:aws:execute-api:us-east-1:000000000000:api1/prod/POST/tasks",
            ACCOUNT);

    assertThat(
            Evaluator.decide(
                    ask(right, "lambda:InvokeFunction", function)
                        .withResourcePolicy(Optional.of(policy)),
                    Identity.bare(right))
                .allowed())
        .isTrue();
    assertThat(
            Evaluator.decide(
                    ask(wrong, "lambda:InvokeFunction", function)
                        .withResourcePolicy(Optional.of(policy)),
                    Identity.bare(wrong))
                .message())
        .isEqualTo(
            "User: apigateway.amazonaws.com is not authorized to perform: lambda:InvokeFunction on"
                + " resource: arn:aws:lambda:r:a:function:f because no resource-based policy"
                + " allows the lambda:InvokeFunction action");
  }

  @Test
  void decide_ofRoot_isStoppedOnlyByAResourcePolicysDeny() {
    String policy =
        json("{'Effect':'Deny','Principal':'*','Action':'s3:GetObject','Resource':'*'}");

    assertThat(Evaluator.decide(ask(ROOT, "s3:GetObject", "x"), Identity.bare(ROOT)).allowed())
        .isTrue();
    assertThat(
            Evaluator.decide(
                    ask(ROOT, "s3:GetObject", "x").withResourcePolicy(Optional.of(policy)),
                    Identity.bare(ROOT))
                .message())
        .endsWith("with an explicit deny in a resource-based policy");
  }

  @Test
  void decide_byResourcePolicyThatNamesTheAccount_leavesItToIdentityPolicies() {
    String policy =
        json(
            "{'Effect':'Allow','Principal':{'AWS':'000000000000'},'Action':'s3:*','Resource':'*'}");
    AccessRequest request =
        ask(ANN, "s3:GetObject", "arn:aws:s3:::b/k").withResourcePolicy(Optional.of(policy));

    assertThat(Evaluator.decide(request, identity(ANN_ARN)).allowed()).isFalse();
    assertThat(Evaluator.decide(request, identity(ANN_ARN, allow("s3:*", "*"))).allowed()).isTrue();
  }

  @Test
  void decide_withNotPrincipal_deniesAllButWhomItLists() {
    String policy =
        json(
            "{'Effect':'Deny','NotPrincipal':{'AWS':['"
                + ANN_ARN
                + "','000000000000']},'Action':'s3:*','Resource':'*'}");
    Caller bob = new Caller.User(ACCOUNT, "bob");

    assertThat(
            Evaluator.decide(
                    ask(ANN, "s3:GetObject", "x").withResourcePolicy(Optional.of(policy)),
                    identity(ANN_ARN, allow("s3:*", "*")))
                .allowed())
        .isTrue();
    assertThat(
            Evaluator.decide(
                    ask(bob, "s3:GetObject", "x").withResourcePolicy(Optional.of(policy)),
                    identity("arn:aws:iam::000000000000:user/bob", allow("s3:*", "*")))
                .message())
        .endsWith("with an explicit deny in a resource-based policy");
  }

  @Test
  void decide_withBoundaryAndSessionPolicy_needsAllOfThem() {
    Identity wide = identity(ANN_ARN, allow("*", "*"));
    Identity bounded =
        new Identity(
            ANN_ARN, "", Map.of(), wide.policies(), boundary(allow("s3:*", "*")), List.of());
    Identity session =
        new Identity(
            ANN_ARN,
            "",
            Map.of(),
            wide.policies(),
            Optional.empty(),
            identity(ANN_ARN, allow("s3:*", "*")).policies());

    assertThat(Evaluator.decide(ask(ANN, "s3:GetObject", "x"), bounded).allowed()).isTrue();
    assertThat(Evaluator.decide(ask(ANN, "sqs:Send", "x"), bounded).message())
        .endsWith("because no permissions boundary allows the sqs:Send action");
    assertThat(Evaluator.decide(ask(ANN, "s3:GetObject", "x"), session).allowed()).isTrue();
    assertThat(Evaluator.decide(ask(ANN, "sqs:Send", "x"), session).message())
        .endsWith("because no session policy allows the sqs:Send action");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'StringEquals':{'k:one':'v1'}|true",
        "'StringEquals':{'K:ONE':'v1'}|true",
        "'StringEquals':{'k:one':['x','v1']}|true",
        "'StringEquals':{'k:one':'V1'}|false",
        "'StringEquals':{'k:one':'v*'}|false",
        "'StringEqualsIgnoreCase':{'k:one':'V1'}|true",
        "'StringNotEquals':{'k:one':'v1'}|false",
        "'StringNotEquals':{'k:absent':'v1'}|true",
        "'StringEquals':{'k:absent':'v1'}|false",
        "'StringEqualsIfExists':{'k:absent':'v1'}|true",
        "'StringEqualsIfExists':{'k:one':'no'}|false",
        "'StringLike':{'k:one':'v*'}|true",
        "'StringLike':{'k:one':'?1'}|true",
        "'StringNotLike':{'k:one':'v*'}|false",
        "'StringLike':{'aws:username':'${aws:username}'}|true",
        "'StringEquals':{'k:user':'${aws:username}'}|true",
        "'StringEquals':{'k:user':'${k:absent, ^ann^}'}|true",
        "'StringEquals':{'k:user':'${k:absent}'}|false",
        "'StringLike':{'k:star':'${*}'}|true",
        "'StringLike':{'k:one':'${*}'}|false",
        "'NumericLessThan':{'k:ten':'11'}|true",
        "'NumericLessThan':{'k:ten':10}|false",
        "'NumericLessThanEquals':{'k:ten':10}|true",
        "'NumericGreaterThan':{'k:ten':'9.5'}|true",
        "'NumericEquals':{'k:ten':'10.0'}|true",
        "'NumericNotEquals':{'k:ten':'10'}|false",
        "'NumericEquals':{'k:one':'1'}|false",
        "'DateGreaterThan':{'k:date':'2026-01-01T00:00:00Z'}|true",
        "'DateLessThan':{'k:date':'2026-01-01T00:00:00Z'}|false",
        "'DateLessThan':{'k:date':'1893456000'}|true",
        "'DateEquals':{'k:date':'2026-06-01T14:00:00+02:00'}|true",
        "'Bool':{'aws:SecureTransport':'true'}|true",
        "'Bool':{'aws:SecureTransport':false}|false",
        "'BinaryEquals':{'k:bytes':'aGk='}|true",
        "'IpAddress':{'aws:SourceIp':'127.0.0.0/8'}|true",
        "'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}|false",
        "'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}|true",
        "'IpAddress':{'k:ip6':'2001:db8::/32'}|true",
        "'IpAddress':{'k:ip6':'2001:db9::/32'}|false",
        "'ArnLike':{'k:arn':'arn:aws:s3:::b*'}|true",
        "'ArnEquals':{'k:arn':'arn:aws:s3:*:*:bucket'}|true",
        "'ArnLike':{'k:arn':'arn:aws:*:bucket'}|false",
        "'ArnNotLike':{'k:arn':'arn:aws:s3:::b*'}|false",
        "'Null':{'k:absent':'true'}|true",
        "'Null':{'k:one':'true'}|false",
        "'Null':{'k:one':false}|true",
        "'ForAnyValue:StringEquals':{'k:many':'b'}|true",
        "'ForAnyValue:StringEquals':{'k:many':'x'}|false",
        "'ForAnyValue:StringEquals':{'k:absent':'x'}|false",
        "'ForAllValues:StringEquals':{'k:many':['a','b','c']}|true",
        "'ForAllValues:StringEquals':{'k:many':['a','c']}|false",
        "'ForAllValues:StringEquals':{'k:absent':'a'}|true",
        "'ForAnyValue:StringNotEquals':{'k:many':'a'}|true",
        "'ForAllValues:StringNotEquals':{'k:many':'a'}|false",
        "'StringEquals':{'k:one':'v1','k:user':'bob'}|false",
        "'StringEquals':{'k:one':'v1'},'Bool':{'aws:SecureTransport':'false'}|false",
      })
  void decide_judgesConditions(String condition, boolean allowed) {
    Map<String, List<String>> context =
        Map.ofEntries(
            Map.entry("k:one", List.of("v1")),
            Map.entry("k:user", List.of("ann")),
            Map.entry("k:star", List.of("*")),
            Map.entry("k:ten", List.of("10")),
            Map.entry("k:date", List.of("2026-06-01T12:00:00Z")),
            Map.entry("k:bytes", List.of("aGk=")),
            Map.entry("k:arn", List.of("arn:aws:s3:::bucket")),
            Map.entry("k:ip6", List.of("2001:db8::1")),
            Map.entry("k:many", List.of("a", "b")),
            Map.entry("aws:SourceIp", List.of("127.0.0.1")),
            Map.entry("aws:SecureTransport", List.of("true")));
    String statement =
        "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{" + condition + "}}";

    Verdict verdict =
        Evaluator.decide(
            ask(ANN, "s3:GetObject", "x").withContext(context), conditional(statement));

    assertThat(verdict.allowed()).isEqualTo(allowed);
  }

  private static Identity conditional(String statement) {
    String text =
        "{\"Version\":\"2012-10-17\",\"Statement\":"
            + statement.replace('\'', '"').replace('^', '\'')
            + "}";
    return Identity.of(
        ANN_ARN, List.of(new NamedPolicy("P", PolicyDocument.parse(text, PolicyKind.INLINE))));
  }

  @Test
  void decide_putsVariablesIntoResources_literally() {
    Identity identity = identity(ANN_ARN, allow("s3:*", "arn:aws:s3:::b/${aws:username}/*"));
    Caller star = new Caller.User(ACCOUNT, "*");

    assertThat(
            Evaluator.decide(ask(ANN, "s3:PutObject", "arn:aws:s3:::b/ann/k"), identity).allowed())
        .isTrue();
    assertThat(
            Evaluator.decide(ask(ANN, "s3:PutObject", "arn:aws:s3:::b/bob/k"), identity).allowed())
        .isFalse();
    assertThat(
            Evaluator.decide(ask(star, "s3:PutObject", "arn:aws:s3:::b/bob/k"), identity).allowed())
        .isFalse();
  }

  @Test
  @Fact("IAM-002")
  void trustPolicy_mustAllow_whateverIdentityPoliciesSay() {
    Caller lambda = new Caller.Service("lambda.amazonaws.com", "", "");
    PolicyDocument trust =
        PolicyDocument.parse(
            json(
                "{'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'},"
                    + "'Action':'sts:AssumeRole'}"),
            PolicyKind.TRUST);

    assertThat(
            TrustPolicy.decide(ask(lambda, "sts:AssumeRole", ROLE), Identity.bare(lambda), trust)
                .allowed())
        .isTrue();
    assertThat(
            TrustPolicy.decide(
                    ask(ANN, "sts:AssumeRole", ROLE), identity(ANN_ARN, allow("*", "*")), trust)
                .message())
        .isEqualTo(
            "User: arn:aws:iam::000000000000:user/ann is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::000000000000:role/app/Worker");
  }

  @Test
  void trustPolicy_thatNamesTheAccount_needsAnIdentityPolicyToo() {
    PolicyDocument trust =
        PolicyDocument.parse(
            json(
                "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::000000000000:root'},"
                    + "'Action':'sts:AssumeRole'}"),
            PolicyKind.TRUST);
    AccessRequest request = ask(ANN, "sts:AssumeRole", ROLE);

    assertThat(TrustPolicy.decide(request, identity(ANN_ARN), trust).allowed()).isFalse();
    assertThat(
            TrustPolicy.decide(request, identity(ANN_ARN, allow("sts:AssumeRole", ROLE)), trust)
                .allowed())
        .isTrue();
    assertThat(
            TrustPolicy.decide(ask(ROOT, "sts:AssumeRole", ROLE), Identity.bare(ROOT), trust)
                .allowed())
        .isTrue();
  }
}
