package dev.cloudtask.localcloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicPolicyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Principal':'*'|true",
        "'Principal':{'AWS':'*'}|true",
        "'Principal':{'AWS':['*','000000000000']}|true",
        "'Principal':{'AWS':'arn:aws:iam::000000000000:role/r'}|false",
        "'Principal':{'Service':'cloudfront.amazonaws.com'}|false",
        "'Principal':'*','Condition':{'StringLike':{'aws:SourceVpc':'vpc-*'}}|true",
        "'Principal':'*','Condition':{'StringEquals':{'aws:SourceVpc':'vpc-1'}}|false",
        "'Principal':'*','Condition':{'StringEqualsIfExists':{'aws:SourceVpc':'vpc-1'}}|true",
        "'Principal':'*','Condition':{'StringNotEquals':{'aws:SourceVpc':'vpc-1'}}|true",
        "'Principal':'*','Condition':{'StringEquals':{'aws:SourceVpc':['vpc-1','v*']}}|true",
        "'Principal':'*','Condition':{'StringEquals':{'aws:userid':'${aws:userid}'}}|true",
        "'Principal':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}}|true",
        "'Principal':'*','Condition':{'StringLike':{'aws:Referer':'https://me/'}}|true",
        "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}|false",
        "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'0.0.0.0/1'}}|true",
        "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}|false",
        "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'2000::/16'}}|true",
        "'Principal':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}|false",
      })
  void isPublic_beginsByAssumingSo(String statement, boolean expected) {
    String text =
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:GetObject',"
            + "'Resource':'arn:aws:s3:::b/*',"
            + statement
            + "}}";

    PolicyDocument allow = PolicyDocument.parse(text.replace('\'', '"'), PolicyKind.RESOURCE);
    PolicyDocument deny =
        PolicyDocument.parse(
            text.replace("'Allow'", "'Deny'").replace('\'', '"'), PolicyKind.RESOURCE);

    assertThat(PublicPolicy.isPublic(allow)).isEqualTo(expected);
    assertThat(PublicPolicy.isPublic(deny)).isFalse();
  }
}
