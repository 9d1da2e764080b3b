package cloudtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTokenTest {

  private static final String ID = "019a5e3c-4b2d-7a01-8c3d-0123456789ab";

  @ParameterizedTest
  @ValueSource(strings = {ID, "t", "Aufgabe ä/ö?&=#%"})
  void comesBackAsTheIdItWasMadeOf(String taskId) {
    String token = PageToken.encode("ann", taskId);

    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(PageToken.decode("ann", token)).isEqualTo(taskId);
  }

  @Test
  void isRefusedWithAnyCharacterChanged() {
    String token = PageToken.encode("ann", ID);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ %";
    for (int i = 0; i < token.length(); i++) {
      for (int j = 0; j < alphabet.length(); j++) {
        char c = alphabet.charAt(j);
        if (c != token.charAt(i)) {
          assertRefused("ann", token.substring(0, i) + c + token.substring(i + 1));
        }
      }
    }
  }

  @Test
  void isRefusedWhenCutOrLengthened() {
    String token = PageToken.encode("ann", ID);
    for (int length = 0; length < token.length(); length++) {
      assertRefused("ann", token.substring(0, length));
    }
    assertRefused("ann", token + "A");
    assertRefused("ann", token + "=");
    assertRefused("ann", PageToken.encode("ann", ""));
  }

  @Test
  void isRefusedFromAnotherUser() {
    assertRefused("bob", PageToken.encode("ann", ID));
  }

  private static void assertRefused(String userId, String token) {
    assertThatThrownBy(() -> PageToken.decode(userId, token))
        .as(token)
        .isInstanceOf(Refusal.class)
        .hasMessage("nextToken is not one that this list has given out");
  }
}
