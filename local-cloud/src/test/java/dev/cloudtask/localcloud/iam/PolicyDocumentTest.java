package dev.cloudtask.localcloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentTest {
  private static final String RIGHT =
      "'Effect':'Allow','Action':'s3:ListBucket','Resource':'arn:aws:s3:::b'";

  private static String json(String quoted) {
    return quoted.replace('\'', '"');
  }

  /** One statement in a document of the current version. */
  private static String document(String statement) {
    return json("{'Version':'2012-10-17','Statement':{" + statement + "}}");
  }

  private static void refused(PolicyKind kind, String text, String message) {
    assertThatThrownBy(() -> PolicyDocument.parse(text, kind))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not json",
        "[]",
        "{'Version':'2012-10-17'} trailing",
        "{'Version':'2012-10-17'}",
        "{'Version':'2013-10-17','Statement':{'Effect':'Allow','Action':'a:b','Resource':'*'}}",
        "{'Version':'2012-10-17','Statement':[]}",
        "{'Version':'2012-10-17','Statement':['afd']}",
        "{'Version':'2012-10-17','Statement':{'Action':'a:b','Resource':'*'}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'x','Action':'a:b','Resource':'*'}}",
        "{'Version':'2012-10-17','Extra':1,'Statement':{'Effect':'Deny'}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Extra':1}}",
        "{'Version':'2012-10-17','Id':[],'Statement':{'Effect':'Deny'}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Sid':{}}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Action':[[]]}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Action':{}}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Action':'a','NotAction':'b'}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Resource':'*','NotResource':[]}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Condition':[]}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Condition':{'a':'b'}}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Condition':{'x':{'a':'1'}}}}",
        "{'Version':'2012-10-17','Statement':{'Effect':'Deny',"
            + "'Condition':{'ForAnyValue::StringEquals':{'a':'1'}}}}",
      })
  void parse_ofIdentityPolicy_refusesWrongSyntax(String text) {
    refused(PolicyKind.MANAGED, json(text), "Syntax errors in policy.");
    refused(PolicyKind.INLINE, json(text), "Syntax errors in policy.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Action':'invalid','Resource':'*'|Actions/Conditions must be prefaced by a vendor, e.g.,"
            + " iam, sdb, ec2, etc.",
        "'NotAction':'','Resource':'*'|Actions/Conditions must be prefaced by a vendor, e.g.,"
            + " iam, sdb, ec2, etc.",
        "'Action':'a a:List','Resource':'*'|Vendor a a is not valid",
        "'Action':'s3:List:Bucket','Resource':'*'|Actions/Condition can contain only one colon.",
        "'Action':'s3:List'|Policy statement must contain resources.",
        "'Action':'s3:List','Resource':[]|Policy statement must contain resources.",
        "'Resource':'*'|Policy statement must contain actions.",
        "'Action':[],'Resource':'*'|Policy statement must contain actions.",
        "'Action':'s3:3:List','Resource':'sdf'|Resource sdf must be in ARN format or #*#.",
        "'Action':'s3:List','Resource':''|Resource  must be in ARN format or #*#.",
        "'Action':'s3:List','Resource':'a:bsdf'|Partition #bsdf# is not valid for resource"
            + " #arn:bsdf:*:*:*:*#.",
        "'Action':'s3:List','Resource':'a:b:c:d:e:f:g:h'|Partition #b# is not valid for resource"
            + " #arn:b:c:d:e:f:g:h#.",
        "'Action':'s3:List','Resource':'arn:aws'|Resource vendor must be fully qualified and"
            + " cannot contain regexes.",
        "'Action':'s3:List','Resource':'arn:aws:s3::b'|The policy failed legacy parsing",
        "'Action':'s3:List','Resource':'arn:aws:s3:us-east-1::b'|Resource"
            + " arn:aws:s3:us-east-1::b can not contain region information.",
        "'Action':'s3:List','Resource':'arn:aws:iam:us-east-1::b'|IAM resource"
            + " arn:aws:iam:us-east-1::b cannot contain region information.",
        "'Action':'s3:List','Resource':'*','Condition':{'DateGreaterThan':{'a':'sdf'}}|The policy"
            + " failed legacy parsing",
        "'Action':'s3:List','Resource':'*','Principal':'*'|Policy document should not specify a"
            + " principal.",
      })
  void parse_ofIdentityPolicy_saysWhatIsWrong(String statement, String message) {
    refused(
        PolicyKind.MANAGED, document("'Effect':'Allow'," + statement), message.replace('#', '"'));
  }

  @Test
  void parse_ofIdentityPolicy_checksEffectsCaseAndSids() {
    refused(
        PolicyKind.INLINE,
        document("'Effect':'denY','Action':'s3:List','Resource':'*'"),
        "The policy failed legacy parsing");
    refused(
        PolicyKind.INLINE,
        json(
            "{'Version':'2012-10-17','Statement':[{'Sid':'a',"
                + RIGHT
                + "},{'Sid':'a',"
                + RIGHT
                + "}]}"),
        "Statement IDs (SID) in a single policy must be unique.");
  }

  @Test
  void parse_ofManagedPolicy_demandsTheCurrentVersion_andOfInlineOnesDoesNot() {
    String old = json("{'Statement':{" + RIGHT + "}}");

    refused(PolicyKind.MANAGED, old, "Policy document must be version 2012-10-17 or greater.");
    assertThat(PolicyDocument.parse(old, PolicyKind.INLINE).version()).isEqualTo("2008-10-17");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|This policy contains invalid Json",
        "{}|Missing required field Statement",
        "{'Version':'2011-01-01','Statement':[]}|The policy must contain a valid version string",
        "{'Statement':[]}|Could not parse the policy: Statement is empty!",
        "{'Statements':[]}|Unknown field Statements",
        "{'Statement':{'Principal':{'Service':'lambda.amazonaws.com'}}}|Missing required field"
            + " Effect",
        "{'Statement':{'Effect':'allow'}}|Invalid effect: allow",
        "{'Statement':{'Effect':'Allow','Action':'sts:AssumeRole'}}|Missing required field"
            + " Principal",
        "{'Statement':{'Effect':'Allow','Principal':{}}}|Missing required field Principal cannot"
            + " be empty!",
        "{'Statement':{'Effect':'Allow','Principal':{'Service':'lambda'}}}|Invalid principal in"
            + " policy: #Service#:#lambda#",
        "{'Statement':{'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'}}}|Missing"
            + " required field Action",
        "{'Statement':{'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'},"
            + "'Action':'s3:GetObject'}}|AssumeRole policy may only specify STS AssumeRole"
            + " actions.",
        "{'Statement':{'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'},"
            + "'Action':'sts:AssumeRole','Resource':'*'}}|Has prohibited field Resource",
      })
  void parse_ofTrustPolicy_saysWhatIsWrong(String text, String message) {
    refused(PolicyKind.TRUST, json(text), message.replace('#', '"'));
  }

  @Test
  void parse_readsSingleValuesAsLists() {
    PolicyDocument policy =
        PolicyDocument.parse(
            document(
                "'Sid':'a','Effect':'Deny','NotAction':'s3:*','Resource':['*'],"
                    + "'Condition':{'Bool':{'aws:SecureTransport':false},"
                    + "'NumericLessThan':{'s3:max-keys':10}}"),
            PolicyKind.MANAGED);

    Statement statement = policy.statements().get(0);
    assertThat(statement.sid()).contains("a");
    assertThat(statement.allow()).isFalse();
    assertThat(statement.actions().inverted()).isTrue();
    assertThat(statement.conditions())
        .extracting(each -> each.values().get(0))
        .containsExactly("false", "10");
  }
}
