package cloudtask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApiCallTest {

  @Test
  void anIdMayBeAsLongAsASortKey_andNoLonger() {
    String longest = "ä".repeat(512);

    assertThat(call(longest).taskId()).isEqualTo(longest);
    assertRefused(longest + "x", 404, "task not found");
  }

  @Test
  void anIdIsNotEmpty() {
    assertRefused("", 400, "taskId is missing from the path");
  }

  private static void assertRefused(String taskId, int status, String message) {
    assertThatThrownBy(() -> call(taskId).taskId())
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(status))
        .hasMessage(message);
  }

  private static ApiCall call(String taskId) {
    return new ApiCall(
        new APIGatewayProxyRequestEvent().withPathParameters(Map.of("taskId", taskId)));
  }
}
