package dev.cloudtask.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BucketPolicyViewTest {
  private static final String READ = "s3:GetObject";
  private static final String FILE = "arn:aws:s3:::notes/index.html";

  @Test
  void obstacle_isTheFirstThingMissingFromTheNearestStatement() {
    assertThat(path("{'Effect':'Allow','Principal':{'AWS':'123'},'Action':'s3:*','Resource':'*'}"))
        .containsExactly("Statement", "0", "Principal");
    assertThat(
            path(
                "{'Effect':'Allow','Principal':{'Service':'x'},'Action':'s3:Put*','Resource':'y'}",
                "{'Effect':'Allow','Principal':{'AWS':['*']},'Action':['s3:getobject'],"
                    + "'Resource':'arn:aws:s3:::notes'}"))
        .containsExactly("Statement", "1", "Resource");
    assertThat(path("{'Effect':'Allow','Principal':'*','Action':'s3:PutObject','Resource':'*'}"))
        .containsExactly("Statement", "0", "Action");
  }

  @Test
  void conditionsAndDenials_areObstaclesToo() {
    String allow = "{'Effect':'Allow','Principal':'*','NotAction':'s3:Put*','Resource':'*'";
    assertThat(path(allow + ",'Condition':{'Bool':{'aws:SecureTransport':'true'}}}"))
        .containsExactly("Statement", "0", "Condition");
    assertThat(path(allow + "}", "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}"))
        .containsExactly("Statement", "1", "Effect");
  }

  @Test
  void policyWithoutAnyStatement_isPointedAtAsAWhole() {
    assertThat(path()).containsExactly("Statement");
    assertThat(BucketPolicyView.of("no json").toEverybody(READ, FILE).path())
        .containsExactly("Statement");
  }

  private static List<String> path(String... statements) {
    String policy = "{'Statement':[" + String.join(",", statements) + "]}";
    return BucketPolicyView.of(policy.replace('\'', '"')).toEverybody(READ, FILE).path();
  }
}
