package dev.cloudtask.localcloud.certificate;

import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The running Java's {@code keytool}: Java can read and use certificates, but has no public API to
 * make one.
 */
final class KeyTool {
  /**
   * PKCS12 wants a password. It protects nothing: whoever can read the file may read this line too.
   * What protects the key is that only this user can read the file.
   */
  static final String PASSWORD = "local-cloud";

  private static final int DAYS = 397;
  private static final int PATIENCE_SECONDS = 60;

  private KeyTool() {}

  /** Makes a key and its certificate, in place of what was in this file. */
  static void makeKey(Path file, String alias) throws IOException {
    Path draft = file.resolveSibling(".draft-" + ProcessHandle.current().pid() + ".p12");
    Files.deleteIfExists(draft);
    run(
        List.of(
            program().toString(),
            "-genkeypair",
            "-alias",
            alias,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-dname",
            "CN=local-cloud on this machine",
            "-validity",
            Integer.toString(DAYS),
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-ext",
            "bc:critical=ca:false",
            "-ext",
            "ku:critical=digitalSignature",
            "-ext",
            "eku=serverAuth",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            draft.toString()));
    PrivateFiles.close(draft);
    PrivateFiles.replace(file, draft);
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    process.getOutputStream().close();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool made no certificate: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a certificate", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path program() throws IOException {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path program = bin.resolve(File.separatorChar == '\\' ? "keytool.exe" : "keytool");
    if (!Files.isExecutable(program)) {
      throw new IOException("keytool, which every JDK has, is not in " + bin);
    }
    return program;
  }
}
