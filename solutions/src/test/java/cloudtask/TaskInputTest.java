package cloudtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskInputTest {

  private static final String SMILE = "\uD83D\uDE00";

  @Test
  void takesTheFieldsThatAreThere() {
    assertThat(TaskInput.parse("{\"title\":\"Buy groceries\",\"completed\":true}"))
        .isEqualTo(new TaskInput("Buy groceries", true));
    assertThat(TaskInput.parse("{\"completed\":false}")).isEqualTo(new TaskInput(null, false));
    assertThat(TaskInput.parse("{}").isEmpty()).isTrue();
  }

  @Test
  void doesNotHearFieldsThatAreTheServers() {
    assertThat(
            TaskInput.parse(
                "{\"userId\":\"eve\",\"taskId\":7,\"createdAt\":[],\"title\":\"Read\",\"x\":{\"title\":1}}"))
        .isEqualTo(new TaskInput("Read", null));
  }

  @Test
  void keepsOnlyTheFieldsThatAreWanted() {
    JsonFields fields = JsonFields.parse("{\"title\":\"Read\",\"userId\":\"eve\"}", "title");

    assertThat(fields.string("title")).isEqualTo("Read");
    assertThat(fields.string("userId")).isNull();
  }

  @Test
  void keepsTheTitleAsItWasSent() {
    assertThat(TaskInput.parse("{\"title\":\"  <b>T\\u00e9l\\u00e9</b> \\\"9\\\" \"}").title())
        .isEqualTo("  <b>Télé</b> \"9\" ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t\\n", "\\u2003", "\\u00a0"})
  void refusesBlankTitles(String blank) {
    assertRefused("{\"title\":\"" + blank + "\"}", "title must not be blank");
  }

  @Test
  void countsCharactersAsReadersDo() {
    assertThat(TaskInput.parse("{\"title\":\"" + "x".repeat(500) + "\"}").title()).hasSize(500);
    assertThat(TaskInput.parse("{\"title\":\"" + SMILE.repeat(500) + "\"}").title()).hasSize(1000);
    assertRefused(
        "{\"title\":\"" + SMILE.repeat(501) + "\"}",
        "title must not be longer than 500 characters; this one has 501");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "a\\ude00\\ud83db"})
  void refusesHalfCharacters(String half) {
    assertRefused("{\"title\":\"" + half + "\"}", "title contains half of a surrogate pair");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"title":5}            | title must be a string, not a number
          {"title":null}         | title must be a string, not null
          {"title":["a"]}        | title must be a string, not an array
          {"title":{"a":1}}      | title must be a string, not an object
          {"title":false}        | title must be a string, not a boolean
          {"completed":"true"}   | completed must be true or false, not a string
          {"completed":1}        | completed must be true or false, not a number
          {"completed":null}     | completed must be true or false, not null
          ["title"]              | the body must be a JSON object, not an array
          "title"                | the body must be a JSON object, not a string
          42                     | the body must be a JSON object, not a number
          true                   | the body must be a JSON object, not a boolean
          null                   | the body must be a JSON object, not null
          {"title":"a","title":"b"}   | the body has two fields of the same name: title
          {"x":1,"x":2,"title":"a"}   | the body has two fields of the same name: x
          {"title":"a"} {}       | the body goes on after its JSON object
          {"title":"a"          | the body is not valid JSON: it ends too early
          """)
  void saysWhatIsWrong(String body, String message) {
    assertRefused(body, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{title:\"a\"}",
        "{'title':'a'}",
        "{\"title\":\"a\",}",
        "{\"title\":\"a\";\"completed\":true}",
        "{\"title\"=\"a\"}",
        "{\"title\":\"a\"}x",
        "{\"title\":\"a\nb\"}",
        "{\"title\":\"\\x\"}",
        "{\"title\":\"\\'\"}",
        "{\"title\":TRUE}",
        "{\"x\":NaN}",
        "{\"x\":01}",
        "{\"title\":\"a\"} // done",
        "title",
        ")]}'\n{\"title\":\"a\"}",
      })
  void refusesWhatIsNotJson(String body) {
    assertThatThrownBy(() -> TaskInput.parse(body))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
        .hasMessageStartingWith("the body ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\n"})
  void asksForABody(String body) {
    assertRefused(body, "the request has no body; send a JSON object");
  }

  @Test
  void survivesNestingWithoutEnd() {
    assertThatThrownBy(() -> TaskInput.parse("{\"x\":" + "[".repeat(100_000)))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("the body is not valid JSON");
  }

  private static void assertRefused(String body, String message) {
    assertThatThrownBy(() -> TaskInput.parse(body))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400))
        .hasMessage(message);
  }
}
