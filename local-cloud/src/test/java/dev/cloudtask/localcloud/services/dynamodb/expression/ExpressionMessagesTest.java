package dev.cloudtask.localcloud.services.dynamodb.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.protocol.awsjson.JsonInput;
import dev.cloudtask.localcloud.services.dynamodb.item.ItemReader;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that were recorded from the web service. */
class ExpressionMessagesTest {
  private static final String VALUES =
      "{':s':{'S':'a'},':n':{'N':'1'},':b':{'B':'YQ=='},':bool':{'BOOL':true},':nul':{'NULL':true},"
          + "':ss':{'SS':['a']},':m':{'M':{}},':l':{'L':[]},':z':{'S':'z'}}";

  private static Placeholders placeholders() {
    JsonObject json = new JsonObject();
    json.addProperty("X", "x");
    json.add("ExpressionAttributeNames", JsonParser.parseString("{'#a':'a','#c':'c','#d':'[3]'}"));
    json.add("ExpressionAttributeValues", JsonParser.parseString(VALUES));
    return Placeholders.read(JsonInput.of(json), List.of("X"), List.of("X"));
  }

  private static Condition condition(String text) {
    return ConditionParser.parse("FilterExpression", text, placeholders());
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> condition(text))
        .as(text)
        .hasMessage("Invalid FilterExpression: " + message);
  }

  @Test
  @DisplayName("all 573 reserved words are known, in any letter case")
  void reservedWords() {
    assertThat(ReservedWords.count()).isEqualTo(573);
    refused(
        "attribute_exists(views)", "Attribute name is a reserved keyword; reserved keyword: views");
    refused(":s < abOrT", "Attribute name is a reserved keyword; reserved keyword: abOrT");
    assertThatThrownBy(() -> UpdateParser.parse("SET status = :s", placeholders()))
        .hasMessage(
            "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword:"
                + " status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "things are not gonna be ok",
        "a > 4",
        "attribute_exists(Pictures-RearView)",
        "attribute_exists(\"Pictures.RearView\")",
        "attribute_exists(Pictures..RearView)",
        "attribute_exists(Pi#ctures.RearView)",
        "attribute_exists(asdf[a])",
        "a.:a < b.:b",
        "a in b, c",
        "a > between",
        "a in b",
        "a in (b,c,)",
        "(a)between(b.(c.d))and(c)",
        "(a)between(b.c.d)and((c)",
        "#$.b > a",
        "a > :things.stuff",
        "b[:a] > a",
        "b[#_] > a",
        "ü > a",
        "(a)between(b.c[4.5].#d)and(:a)",
        "size(a).b > a",
        "(size(a)).b > a",
        "size(a)[0] > a",
        "a",
        "a = b c = d",
        "not",
        "a = b and",
        "_x = a"
      })
  @DisplayName("is a syntax error")
  void condition_syntaxErrors(String text) {
    assertThatThrownBy(() -> condition(text))
        .hasMessageStartingWith("Invalid FilterExpression: Syntax error; token: ");
  }

  @Test
  @DisplayName("a syntax error shows the token between its neighbours")
  void syntaxError_near() {
    refused("a-b", "Syntax error; token: \"-\", near: \"a-b\"");
    refused("tenant:abc123-1 = :s", "Syntax error; token: \":abc123\", near: \"tenant:abc123-\"");
    refused(
        "#a attribute_not_exists :s",
        "Syntax error; token: \"attribute_not_exists\", near: \"#a attribute_not_exists :s\"");
    refused("a = b AND :s", "Syntax error; token: \"<EOF>\", near: \":s\"");
    refused(" ", "The expression can not be empty;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=y and x > ((z))|The expression has redundant parentheses;",
        "(x)between(((y.c)).d)and(z)|The expression has redundant parentheses;",
        "x=y AND ((x=y AND x=z)) AND y=z|The expression has redundant parentheses;",
        "x=y and whatever((:s)) > x|Invalid function name; function: whatever",
        "attribute_not_exists(things) > b|The function is not allowed to be used this way in an expression; function: attribute_not_exists",
        "size(things)|The function is not allowed to be used this way in an expression; function: size",
        "x in (b, attribute_exists(things))|The function is not allowed to be used this way in an expression; function: attribute_exists",
        "begins_with(Pictures.#RearView)|An expression attribute name used in the document path is not defined; attribute name: #RearView",
        ":q < x|An expression attribute value used in expression is not defined; attribute value: :q",
        "attribute_exists(things, a) and x=y|Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
        "size(things, a) > b|Incorrect number of operands for operator or function; operator or function: size, number of operands: 2",
        "attribute_type(a, :n)|Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N",
        "begins_with(a, :n)|Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "begins_with(:m, a)|Incorrect operand type for operator or function; operator or function: begins_with, operand type: M",
        "size(:bool) > a|Incorrect operand type for operator or function; operator or function: size, operand type: BOOL",
        "attribute_exists(:s) and x=y|Operator or function requires a document path; operator or function: attribute_exists",
        "attribute_type(a, :z)|Invalid attribute type name found; type: z, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "a = #a|The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
        "contains(ab.bc[1].a, ab.bc[1].#a)|The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [ab, bc, [1], a]",
        "a between :z and :s|The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:z}, upper bound operand: AttributeValue: {S:a}",
        "a between :n and :s|The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}"
      })
  @DisplayName("is refused with")
  void condition_refused(String text, String message) {
    refused(text, message);
  }

  @Test
  @DisplayName("too long, too many operators, too many candidates")
  void condition_limits() {
    refused(
        "a = :s or ".repeat(300) + "a = :s",
        "The expression contains too many operators; operator count: 301");
    refused("a".repeat(4096) + "=:s", "Expression size has exceeded the maximum allowed size;");
    refused(
        "a in (" + ":s,".repeat(100) + ":s)",
        "The IN operator is provided with too many operands; number of operands: 101");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = :z and b = :s or b = :n|true",
        "b = :n or a = :z and a = :z|true",
        "(a = :z or b = :n) and not n = :n|false",
        "not a = :s|false",
        "NOT a = :s OR attribute_exists(m.k)|true",
        "a BETWEEN :s AND :z|true",
        "n IN (:s, :z, :n)|true",
        "attribute_not_exists(nothing.deep[3])|true",
        "nothing <> :s|true",
        "nothing = :s|false",
        "n < :s|false",
        "size(l) > :n|true",
        "size(nothing) > :n|false",
        "contains(l, :n)|true",
        "contains(ss, :s)|true",
        "contains(a, :s)|true",
        "begins_with(a, :z)|false",
        "l[1] = :n|true",
        "l[7] = :n|false",
        "m.k = :s|true",
        "#a = :s|true"
      })
  @DisplayName("holds for the item")
  void condition_evaluated(String text, boolean holds) {
    var item =
        ItemReader.item(
            JsonParser.parseString(
                "{'a':{'S':'a'},'b':{'N':'1'},'n':{'N':'1.0'},'l':{'L':[{'S':'x'},{'N':'1'}]},"
                    + "'ss':{'SS':['a','b']},'m':{'M':{'k':{'S':'a'}}}}"));
    assertThat(ConditionEvaluator.holds(condition(text), item)).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set a = #c set c = :s|The \"SET\" section can only be used once in an update expression;",
        "set #c = if_not_exist(:s) set x = y|Invalid function name; function: if_not_exist",
        "SET #q = :s|An expression attribute name used in the document path is not defined; attribute name: #q",
        "SET #a = :q|An expression attribute value used in expression is not defined; attribute value: :q",
        "set c.b.#c = a, c = a, #d = a|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [c, b, c], path two: [c]",
        "set x = y remove x, #c, #d|Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x], path two: [x]",
        "remove a.#c set a[1] = #d|Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, c], path two: [a, [1]]",
        "delete a.b :s|Incorrect operand type for operator or function; operator: DELETE, operand type: STRING",
        "add a.b :m|Incorrect operand type for operator or function; operator: ADD, operand type: MAP",
        "delete a.b :n|Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER",
        "set a = if_not_exists(c)|Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1",
        "set a = if_not_exists(:s, c)|Operator or function requires a document path; operator or function: if_not_exists",
        "set a = list_append(a, :n)|Incorrect operand type for operator or function; operator or function: list_append, operand type: N",
        "set a = a - :ss|Incorrect operand type for operator or function; operator or function: -, operand type: SS"
      })
  @DisplayName("is refused with")
  void update_refused(String text, String message) {
    assertThatThrownBy(() -> UpdateParser.parse(text, placeholders()))
        .hasMessage("Invalid UpdateExpression: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whatever",
        "set a",
        "add a",
        "set a=set",
        "remove a = b",
        "add a = b",
        "delete a b",
        "delete a if_not_exist(b)",
        "remove a b",
        "set a b",
        "set :a = b",
        "add :a b",
        "remove :a",
        "set a = b / c",
        "set a[1] = 1",
        "SET if_not_exist(a, b) = a",
        "set (a = (b + c))",
        "set a = (b.c).d + e",
        "set a = b + c + d",
        "set a = b,"
      })
  @DisplayName("is a syntax error")
  void update_syntaxErrors(String text) {
    assertThatThrownBy(() -> UpdateParser.parse(text, placeholders()))
        .hasMessageStartingWith("Invalid UpdateExpression: Syntax error; token: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a > :s and size(b) > c or a > c|Invalid operator used in KeyConditionExpression: OR",
        "a in (b, size(c), d)|Invalid operator used in KeyConditionExpression: IN",
        "attribute_exists(a)|Invalid operator used in KeyConditionExpression: attribute_exists",
        "not a > b|Invalid operator used in KeyConditionExpression: NOT",
        "a <> b|Invalid operator used in KeyConditionExpression: <>",
        ":s between size(b) and size(a) and b > :z|Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
        "begins_with(:s, b) and a > :z|Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
        "a > size(b.d)|KeyConditionExpressions cannot contain nested operations",
        "b > a.b|Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        "begins_with(a, b)|Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        "b[0] > a|KeyConditionExpressions cannot have conditions on nested attributes",
        ":z > :s AND a < :z|Invalid condition in KeyConditionExpression: No key attribute specified",
        "b > :s AND b < :s and c = :s|KeyConditionExpressions must only contain one condition per key",
        "a = :s AND b = :s AND c = :s|Conditions can be of length 1 or 2 only"
      })
  @DisplayName("is refused with")
  void keyCondition_refused(String text, String message) {
    assertThatThrownBy(
            () ->
                KeyCondition.of(
                    ConditionParser.parse("KeyConditionExpression", text, placeholders())))
        .hasMessage(message);
  }

  @Test
  @DisplayName("placeholders that nobody uses, or that nobody may use, are refused")
  void placeholders_refused() {
    assertThatThrownBy(() -> placeholders().checkAllUsed())
        .hasMessage(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c, #d}");
    badInput(
        "{'ExpressionAttributeNames':{'#a':'a'}}",
        "ExpressionAttributeNames can only be specified when using expressions");
    badInput(
        "{'ExpressionAttributeValues':{':a':{'S':'a'}}}",
        "ExpressionAttributeValues can only be specified when using expressions: X is null");
    badInput(
        "{'X':'x','ExpressionAttributeNames':{}}", "ExpressionAttributeNames must not be empty");
    badInput(
        "{'X':'x','ExpressionAttributeNames':{'a':'a'}}",
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\"");
    badInput(
        "{'X':'x','ExpressionAttributeValues':{':b':{}}}",
        "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, must contain exactly one of the supported datatypes for key :b");
  }

  private static void badInput(String json, String message) {
    JsonInput input = JsonInput.of(JsonParser.parseString(json).getAsJsonObject());
    assertThatThrownBy(() -> Placeholders.read(input, List.of("X"), List.of("X")))
        .hasMessage(message);
  }
}
