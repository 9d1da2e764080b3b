package dev.cloudtask.localcloud.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.cloudformation.template.ArtifactStore;
import dev.cloudtask.localcloud.cloudformation.template.Packager;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagerTest {
  private static final String TEMPLATE =
      """
      Resources:
        F:
          Type: AWS::Lambda::Function
          Properties:
            Code: target/app.jar # the jar
            Handler: a.B
        G:
          Type: AWS::Lambda::Function
          Properties:
            Code: "classes"
        H:
          Type: AWS::Lambda::Function
          Properties:
            Code: {S3Bucket: b, S3Key: k}
      """;

  @TempDir Path folder;

  private final Map<String, byte[]> uploaded = new LinkedHashMap<>();
  private final ArtifactStore store =
      (name, content) -> {
        uploaded.put(name, content);
        return new ArtifactStore.Location("artifacts", name);
      };

  @Test
  void pack_localPaths_becomePlacesAndLinesStay() throws IOException {
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("target/app.jar"), "a jar");
    Files.createDirectories(folder.resolve("classes/a"));
    Files.writeString(folder.resolve("classes/a/B.class"), "class");

    String packed = new Packager(folder, store).pack(TEMPLATE, "template.yaml");

    assertThat(uploaded).hasSize(2);
    assertThat(packed.lines().count()).isEqualTo(TEMPLATE.lines().count());
    assertThat(packed)
        .containsPattern(
            "Code: \\{\"S3Bucket\":\"artifacts\",\"S3Key\":\"[0-9a-f]{32}\\.jar\"} # the jar")
        .containsPattern("Code: \\{\"S3Bucket\":\"artifacts\",\"S3Key\":\"[0-9a-f]{32}\\.zip\"}")
        .contains("Code: {S3Bucket: b, S3Key: k}");
  }

  @Test
  void pack_sameFilesAtAnotherTime_giveTheSameName() throws IOException {
    Files.createDirectories(folder.resolve("target"));
    Files.writeString(folder.resolve("target/app.jar"), "a jar");
    Files.createDirectories(folder.resolve("classes/a"));
    Path file = Files.writeString(folder.resolve("classes/a/B.class"), "class");
    String first = new Packager(folder, store).pack(TEMPLATE, "template.yaml");

    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1_000_000_000)));

    assertThat(new Packager(folder, store).pack(TEMPLATE, "template.yaml")).isEqualTo(first);
  }

  @Test
  void pack_fileThatIsNotThere_isRefusedWithItsLine() throws IOException {
    Files.createDirectories(folder.resolve("classes"));

    assertThatThrownBy(() -> new Packager(folder, store).pack(TEMPLATE, "template.yaml"))
        .isInstanceOfSatisfying(
            TemplateException.class,
            refused -> {
              assertThat(refused.position().orElseThrow()).hasToString("template.yaml:5");
              assertThat(refused.message())
                  .contains(
                      "Parameter Code of resource F refers to a file or folder that does not");
            });
  }
}
