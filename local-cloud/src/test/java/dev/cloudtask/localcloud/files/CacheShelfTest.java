package dev.cloudtask.localcloud.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheShelfTest {
  @TempDir Path folder;

  private Path aged(String name, int days) throws IOException {
    Path file = Files.writeString(folder.resolve(name), name);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    return file;
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void oldestGo_withAllThatBelongsToThem_butUsedAndNewOnesStay() throws IOException {
    CacheShelf shelf = new CacheShelf(folder, 2, Duration.ofDays(3));
    aged("old.jsa", 10);
    aged("old.jsa.seal", 10);
    aged(".draft-1", 10);
    Path loved = aged("loved.jsa", 20);
    aged("young.jsa", 1);
    Path library = Files.createDirectory(folder.resolve("library"));
    Files.writeString(library.resolve("a.jar"), "a");
    Files.setLastModifiedTime(library, FileTime.from(Instant.now().minus(Duration.ofDays(9))));

    shelf.use(loved);
    shelf.sweep();

    assertThat(names()).containsExactlyInAnyOrder("loved.jsa", "loved.used", "young.jsa");
  }

  @Test
  void fewEntries_stayHoweverOld_andManyHoweverYoung() throws IOException {
    aged("a.jsa", 100);
    aged("b.jsa", 50);
    new CacheShelf(folder, 2, Duration.ofDays(3)).sweep();
    assertThat(names()).hasSize(2);

    aged("c.jsa", 49);
    aged("d.jsa", 48);
    new CacheShelf(folder, 1, Duration.ofDays(3)).sweep();
    assertThat(names()).containsExactlyInAnyOrder("b.jsa", "c.jsa", "d.jsa");
  }

  @Test
  void folderThatIsGone_isNoMatter() {
    CacheShelf shelf = new CacheShelf(folder.resolve("none"), 1, Duration.ZERO);
    shelf.sweep();
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
