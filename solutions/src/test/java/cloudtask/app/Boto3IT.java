package cloudtask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.LocalCloud;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** boto3, unmodified and told nothing but an endpoint. */
@NeedsBoto3
class Boto3IT {
  private static final String PASSWORD = "Correct-Horse-7";

  @TempDir private Path folder;

  /** Tells whether this machine has a boto3 that needs no more than {@code AWS_ENDPOINT_URL}. */
  static boolean isThere() {
    Optional<Path> python = Terminal.program("python3");
    if (python.isEmpty()) {
      return false;
    }
    try {
      Process process =
          new ProcessBuilder(
                  python.get().toString(),
                  "-c",
                  "import boto3; assert [int(n) for n in boto3.__version__.split('.')[:2]] >= [1, 28]")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void program_signsInBySrp_movesObjectsAndItems_andIsRefusedInAwssWords()
      throws IOException, InterruptedException {
    DeployedApp app = DeployedApp.shared();
    String email = app.newAddress();
    app.signUp(email, PASSWORD);

    Terminal.Result result =
        python(
            app.cloud().endpoint(),
            "boto3_client.py",
            app.output("UserPoolId"),
            app.output("UserPoolClientId"),
            email,
            PASSWORD,
            app.output("TableName"),
            app.output("GetTasksFunctionName"),
            "of-boto3");

    assertThat(result.text().lines())
        .containsExactly(
            "ok SRP signs in",
            "ok SRP refuses a wrong password",
            "ok the access token reads its user",
            "ok a large object goes up and down in parts",
            "ok a listing comes in pages",
            "ok presigned URLs write and read",
            "ok S3 refuses in its own words",
            "ok a bucket is emptied and deleted",
            "ok sixty items are written in batches and read in pages",
            "ok DynamoDB refuses in its own words",
            "ok a function answers",
            "ok a waiter gives up at once",
            "ok STS knows the account");
  }

  @Test
  void everyOperationThatBotocoreKnows_isAnsweredOrRefusedByName() throws IOException {
    try (LocalCloud cloud = LocalCloud.builder().start()) {
      List<String> lines =
          new ArrayList<>(python(cloud.endpoint(), "boto3_sweep.py").text().lines().toList());

      String count = lines.remove(lines.size() - 1);
      assertThat(lines).as("answers that AWS could not have given").isEmpty();
      assertThat(Integer.parseInt(count)).isGreaterThan(800);
    }
  }

  private Terminal.Result python(URI endpoint, String script, String... arguments)
      throws IOException {
    Path file = folder.resolve(script);
    try (InputStream in = Boto3IT.class.getResourceAsStream(script)) {
      Files.copy(in, file);
    }
    List<String> all = new ArrayList<>(List.of(file.toString()));
    all.addAll(List.of(arguments));
    return new Terminal(folder, endpoint)
        .run(Terminal.program("python3").orElseThrow(), all.toArray(String[]::new));
  }
}
