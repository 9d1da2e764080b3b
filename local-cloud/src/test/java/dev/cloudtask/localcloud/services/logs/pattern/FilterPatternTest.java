package dev.cloudtask.localcloud.services.logs.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|anything|true",
        "ERROR|[ERROR 400] BAD REQUEST|true",
        "ERROR|error 400|false",
        "ERROR REQUEST|[ERROR 400] BAD REQUEST|true",
        "ERROR ARGUMENTS|[ERROR 400] BAD REQUEST|false",
        "\"BAD REQUEST\"|[ERROR 400] BAD REQUEST|true",
        "\"REQUEST BAD\"|[ERROR 400] BAD REQUEST|false",
        "\"say \\\"hi\\\"\"|they say \"hi\"|true",
        "ERROR -BAD|[ERROR 400] BAD REQUEST|false",
        "ERROR -\"NOT FOUND\"|[ERROR 400] BAD REQUEST|true",
        "-ERROR|all is well|true",
        "?ERROR ?WARN|a WARN here|true",
        "?ERROR ?WARN|nothing|false",
        "?ERROR INFO|INFO only|true",
        "%4[0-9]{2}%|status 404|true",
        "%^status%|a status 404|false",
      })
  void terms(String pattern, String message, boolean expected) {
    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{ $.level = \"error\" }~true",
        "{ $.level = error }~true",
        "{ $.level = \"err*\" }~true",
        "{ $.level != \"info\" }~true",
        "{ $.level = \"info\" }~false",
        "{ $.ms > 99 }~true",
        "{ $.ms >= 100 && $.ms <= 100 }~true",
        "{ $.ms = 1e2 }~true",
        "{ $.ms < 100 }~false",
        "{ $.user.name = \"Ann\" }~true",
        "{ $.tags[1] = b }~true",
        "{ $.tags[*] = b }~true",
        "{ $.tags[7] = b }~false",
        "{ $.ok IS TRUE }~true",
        "{ $.ok IS FALSE }~false",
        "{ $.none IS NULL }~true",
        "{ $.absent NOT EXISTS }~true",
        "{ $.ms NOT EXISTS }~false",
        "{ $.ms EXISTS }~true",
        "{ $.level = info || $.ms = 100 }~true",
        "{ ($.level = info || $.ms = 100) && $.ok IS FALSE }~false",
        "{ $.level = %^err% }~true",
      })
  void json(String pattern, boolean expected) {
    String message =
        """
        {"level":"error","ms":100,"user":{"name":"Ann"},"tags":["a","b"],"ok":true,"none":null}""";

    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(expected);
    assertThat(FilterPattern.parse(pattern).matches("not json " + message)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[ip, user, time, request, status, bytes]~true",
        "[ip, user, time, request, status]~false",
        "[ip, ..., status=404, bytes]~true",
        "[..., status=4*, bytes]~true",
        "[..., bytes>1000]~true",
        "[..., bytes<1000]~false",
        "[ip=\"127.0.0.1\", ...]~true",
        "[ip, user, time, request=\"*html*\", status=4* && status!=403, bytes]~true",
        "[ip, user, time, request, status=404 || status=410, bytes]~true",
        "[ip, user=\"-\", ...]~false",
      })
  void fields(String pattern, boolean expected) {
    String message = "127.0.0.1 frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html\" 404 1534";

    assertThat(FilterPattern.parse(pattern).matches(message)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo:bar|Invalid character(s) in term ':'",
        "\"never closed|Invalid filter pattern",
        "{ $.a = 1|If a filter pattern starts with '{' it must end with '}'",
        "[a, b|If a filter pattern starts with '[' it must end with ']'",
        "{ $.\"a-b\" = 1 }|Invalid character(s) in term '\"'",
        "{ $.a = }|Invalid filter pattern",
        "{ $.a > abc }|Invalid filter pattern",
        "%(a+)+%|Invalid filter pattern",
      })
  void malformed(String pattern, String message) {
    assertThatThrownBy(() -> FilterPattern.parse(pattern)).hasMessage(message);
  }
}
