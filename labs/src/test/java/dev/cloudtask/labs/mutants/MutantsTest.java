package dev.cloudtask.labs.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.cloudtask.labs.StudentProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which mutants a template has. */
final class MutantsTest {
  private static final JsonObject TEMPLATE =
      TemplateJson.read(
          """
          Resources:
            First:
              Type: AWS::Logs::LogGroup
              DependsOn: [Second]
              Properties:
                RetentionInDays: 14
            Second:
              Type: AWS::Logs::LogGroup
            Role:
              Type: AWS::IAM::Role
              Properties:
                AssumeRolePolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - Effect: Allow
                      Principal: {Service: lambda.amazonaws.com}
                      Action: sts:AssumeRole
                Policies:
                  - PolicyName: write
                    PolicyDocument:
                      Statement:
                        - Action: [logs:PutLogEvents]
                          Resource: !GetAtt First.Arn
            Table:
              Type: AWS::DynamoDB::Table
              Properties:
                BillingMode: PAY_PER_REQUEST
                PointInTimeRecoverySpecification:
                  PointInTimeRecoveryEnabled: true
          Outputs:
            Name:
              Value: !Sub "${First}/x"
          """);

  private static final List<Mutant> MUTANTS = Mutants.of(TEMPLATE);

  @TempDir Path folder;

  @Test
  void eachPropertyIsDropped_atAllDepths() {
    assertThat(names())
        .contains(
            "Resources: is dropped",
            "First: is dropped",
            "First > Type: AWS::Logs::LogGroup is dropped",
            "First > Properties: is dropped",
            "First > RetentionInDays: 14 is dropped",
            "First > DependsOn: is dropped",
            "First > DependsOn[0]: Second is dropped",
            "Role > AssumeRolePolicyDocument > Statement[0]: is dropped",
            "Role > AssumeRolePolicyDocument > Statement[0] > Principal > Service:"
                + " lambda.amazonaws.com is dropped",
            "Role > Policies[0] > PolicyDocument > Statement[0] > Action[0]: logs:PutLogEvents is"
                + " dropped",
            "Outputs > Name > Value: is dropped");
  }

  @Test
  void eachValueBecomesAnotherThatMightBeThere() {
    assertThat(names())
        .contains(
            "First > RetentionInDays: 14 becomes 30",
            "Table > BillingMode: PAY_PER_REQUEST becomes PROVISIONED",
            "Table > PointInTimeRecoverySpecification > PointInTimeRecoveryEnabled: true becomes"
                + " false",
            "Role > AssumeRolePolicyDocument > Statement[0] > Effect: Allow becomes Deny",
            "Role > AssumeRolePolicyDocument > Statement[0] > Action: sts:AssumeRole becomes"
                + " sts:TagSession",
            "Role > Policies[0] > PolicyDocument > Statement[0] > Action[0]: logs:PutLogEvents"
                + " becomes logs:*",
            "Role > Policies[0] > PolicyDocument > Statement[0] > Resource: !GetAtt First.Arn"
                + " becomes *",
            "Role > Policies[0] > PolicyDocument > Statement[0] > Resource: !GetAtt First.Arn"
                + " becomes !GetAtt Second.Arn",
            "Outputs > Name > Value: !Sub ${First}/x becomes !Sub ${Second}/x");
  }

  @Test
  void eachIsAnotherTemplateWithAnotherName() {
    Set<String> texts = new TreeSet<>();
    MUTANTS.forEach(mutant -> texts.add(mutant.of(TEMPLATE).toString()));

    assertThat(texts).doesNotContain(TEMPLATE.toString());
    assertThat(new TreeSet<>(names())).hasSameSizeAs(MUTANTS);
    // A list's only item, a map's only member: what is left is the same.
    assertThat(texts.size()).isGreaterThan(MUTANTS.size() * 3 / 4);
  }

  @Test
  void thoseThatDoNotMeetCanBeMadeTogether() {
    Mutant list = mutant("First > DependsOn: is dropped");
    Mutant item = mutant("First > DependsOn[0]: Second is dropped");
    Mutant other = mutant("First > RetentionInDays: 14 becomes 30");

    assertThat(list.meets(item)).isTrue();
    assertThat(item.meets(item)).isTrue();
    assertThat(item.meets(other)).isFalse();
    JsonObject both =
        Mutant.allOf(List.of(list, other), TEMPLATE)
            .getAsJsonObject("Resources")
            .getAsJsonObject("First");
    assertThat(both.has("DependsOn")).isFalse();
    assertThat(both.getAsJsonObject("Properties").get("RetentionInDays").getAsInt()).isEqualTo(30);
  }

  @Test
  void theSolutionsTemplateHasHundreds() throws IOException {
    String solution =
        Files.readString(StudentProject.REPOSITORY.resolve("solutions").resolve("template.yaml"));

    List<Mutant> mutants = Mutants.of(TemplateJson.read(solution));

    assertThat(mutants.size()).isGreaterThan(500);
    assertThat(mutants.stream().map(Mutant::name).distinct()).hasSameSizeAs(mutants);
    // The list is held against runs of the labs only where there is time; its names at every build.
    assertThat(mutants.stream().map(Mutant::name))
        .containsAll(HarmlessList.read(Path.of("harmless-template-mutants.txt")).keySet());
  }

  @Test
  void listOfTheHarmlessHasAReasonForEach() throws IOException {
    Path list = folder.resolve("list.txt");
    Files.writeString(list, "# about\nWords for people.\n  A > B: is dropped\n\n  A > C: x\n");
    assertThat(HarmlessList.read(list))
        .containsOnlyKeys("A > B: is dropped", "A > C: x")
        .containsValue("Words for people.");

    Files.writeString(list, "  A > B: is dropped\n");
    assertThatThrownBy(() -> HarmlessList.read(list)).hasMessageContaining("list.txt:1: ");
    Files.writeString(list, "Why.\n  A\n  A\n");
    assertThatThrownBy(() -> HarmlessList.read(list)).hasMessageContaining("list.txt:3: ");
  }

  private static List<String> names() {
    return MUTANTS.stream().map(Mutant::name).toList();
  }

  private static Mutant mutant(String name) {
    return MUTANTS.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }
}
