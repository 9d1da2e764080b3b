package dev.cloudtask.localcloud.services.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class KeyStockTest {
  @TempDir private Path folder;

  @Test
  void take_byManyCloudsAtOnce_givesEachKeyToOneOfThem() throws Exception {
    KeyStock stock = new KeyStock(folder);
    for (int i = 0; i < 3; i++) {
      stock.add();
    }
    assertThat(stock.size()).isEqualTo(3);

    List<Optional<RSAKey>> taken =
        Stream.generate(() -> new KeyStock(folder))
            .limit(24)
            .parallel()
            .map(KeyStock::take)
            .toList();

    List<String> keys =
        taken.stream().flatMap(Optional::stream).map(key -> key.getModulus().toString()).toList();
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    assertThat(stock.take()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void take_ofADamagedFile_passesOnToTheNext() throws Exception {
    KeyStock stock = new KeyStock(folder);
    Files.writeString(folder.resolve("-----first in the order of names.jwk"), "{\"kty\":\"RSA\"");
    stock.add();

    RSAKey key = stock.take().orElseThrow();

    assertThat(key.isPrivate()).isTrue();
    assertThat(key.size()).isEqualTo(2048);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "what is in the user's profile is the user's")
  void add_writesForTheUserAlone() throws IOException {
    Path inside = folder.resolve("keys");
    new KeyStock(inside).add();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(inside)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }
}
