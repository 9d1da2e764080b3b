package dev.cloudtask.localcloud.services.cognito;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * RSA keys made in advance, in a folder that only this user can read.
 *
 * <p>A JVM that has run for two seconds needs half a second of processor time for one key, and a
 * start has none to spare; so keys are made when nobody waits, and lie here for a later start. Each
 * is used once: who takes a key has first taken its file away, so that no other cloud of this user
 * gets the same one.
 */
final class KeyStock {
  private static final int BITS = 2048;
  private static final String SUFFIX = ".jwk";

  private final Path folder;

  KeyStock(Path folder) {
    this.folder = folder;
  }

  /** Returns how many keys are there. */
  int size() {
    return files().size();
  }

  /** Makes a key and lays it in stock. */
  void add() {
    RSAKey key = make();
    PrivateFiles.write(
        folder.resolve(name(key) + SUFFIX), key.toJSONString().getBytes(StandardCharsets.UTF_8));
  }

  /** Takes a key out of the stock; empty if there is none. */
  Optional<RSAKey> take() {
    for (Path file : files()) {
      Optional<RSAKey> key = take(file);
      if (key.isPresent()) {
        return key;
      }
    }
    return Optional.empty();
  }

  /** Makes a key. */
  static RSAKey make() {
    try {
      return new RSAKeyGenerator(BITS)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java makes RSA keys", e);
    }
  }

  private static String name(RSAKey key) {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Optional<RSAKey> take(Path file) {
    Path mine = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      return Optional.empty(); // another cloud was faster
    }
    try {
      return Optional.of(RSAKey.parse(Files.readString(mine)));
    } catch (IOException | ParseException e) {
      return Optional.empty(); // damaged: it is worth nothing, and gone from the stock
    } finally {
      PrivateFiles.deleteTree(mine);
    }
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(PrivateFiles.folder(folder))) {
      return all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of(); // the user has emptied the cache this moment
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + folder, e);
    }
  }
}
