package dev.cloudtask.localcloud.services.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of classes make a start faster and can never break one. */
class ClassArchivesTest {
  private final JvmSpec spec = new JvmSpec(128, Map.of(), List.of(), "none");

  @TempDir private Path folder;
  private ClassArchives archives;
  private JavaCommand command;

  @BeforeEach
  void train() throws Exception {
    archives = new ClassArchives(folder.resolve("cache"));
    command = new JavaCommand(RuntimeJar.classPath(folder.resolve("cache")), archives);
    assertThat(archives.find(command.libraryPath(spec))).isEmpty();
    FunctionJvm plain = boot("plain");
    assertThat(plain.isArchived()).isFalse();
    assertThat(boots(plain)).isTrue();
    Path classLog = plain.sandbox().classLog();
    Files.writeString(classLog, "not/There\nbroken off in the mid", StandardOpenOption.APPEND);
    assertThat(archives.train(command, spec, List.of(classLog), folder)).isTrue();
  }

  private FunctionJvm boot(String sandbox) throws Exception {
    return FunctionJvm.start(
        command, spec, Sandbox.create(folder.resolve(sandbox)), "0123456789abcdef", true);
  }

  private static boolean boots(FunctionJvm jvm) throws Exception {
    try {
      return jvm.waiting().get(60, TimeUnit.SECONDS);
    } finally {
      jvm.kill();
    }
  }

  @Test
  void start_withAnArchive_usesIt() throws Exception {
    FunctionJvm jvm = boot("sound");
    assertThat(jvm.isArchived()).isTrue();
    assertThat(boots(jvm)).isTrue();
  }

  @Test
  void start_archiveHasChangedSinceItWasMade_isPlain() throws Exception {
    Path archive = archives.find(command.libraryPath(spec)).orElseThrow();
    Files.setLastModifiedTime(archive, FileTime.fromMillis(1));
    FunctionJvm jvm = boot("changed");
    assertThat(jvm.isArchived()).isFalse();
    assertThat(boots(jvm)).isTrue();
  }

  @Test
  void start_archiveIsGarbageUnderAGoodSeal_bootsAllTheSame() throws Exception {
    Path archive = archives.find(command.libraryPath(spec)).orElseThrow();
    FileTime made = Files.getLastModifiedTime(archive);
    assertThat(archive.toFile().setWritable(true)).isTrue();
    try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(64 * 1024));
    }
    Files.setLastModifiedTime(archive, made);
    FunctionJvm jvm = boot("garbage");
    assertThat(jvm.isArchived()).isTrue();
    assertThat(boots(jvm)).isTrue();
  }

  @Test
  void condemn_removesTheArchive() {
    archives.condemn(command.libraryPath(spec));
    assertThat(archives.find(command.libraryPath(spec))).isEmpty();
  }
}
