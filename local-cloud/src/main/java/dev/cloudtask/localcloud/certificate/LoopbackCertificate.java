package dev.cloudtask.localcloud.certificate;

import dev.cloudtask.localcloud.files.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code 127.0.0.1} and {@code localhost} and its key, made once and kept in a
 * folder that only this user can read.
 *
 * <p>It signs itself and may sign nothing else (no CA): who trusts it trusts these two names and no
 * other, whatever becomes of the key.
 */
public final class LoopbackCertificate {
  /** The password of the trust store, which holds nothing secret. */
  public static final String TRUST_STORE_PASSWORD = "changeit";

  private static final String ALIAS = "local-cloud";
  private static final String KEY_FILE = "key.p12";
  private static final String PEM_FILE = "ca.pem";
  private static final String TRUST_FILE = "truststore.p12";
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  private final Path folder;
  private final KeyStore keys;

  private LoopbackCertificate(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /**
   * Returns the certificate kept in this folder; makes one if there is none, or it ends soon.
   *
   * @param clock the time that clients go by
   * @throws UnavailableException if there is none and none can be made
   */
  public static LoopbackCertificate in(Path folder, Clock clock) {
    PrivateFiles.folder(folder);
    Path keyFile = folder.resolve(KEY_FILE);
    try {
      if (!Files.exists(keyFile) || endsSoon(read(keyFile), clock.instant())) {
        KeyTool.makeKey(keyFile, ALIAS);
      }
      KeyStore keys = read(keyFile);
      writeForClients(folder, (X509Certificate) keys.getCertificate(ALIAS));
      return new LoopbackCertificate(folder, keys);
    } catch (IOException | GeneralSecurityException e) {
      throw new UnavailableException(folder, e);
    }
  }

  /** Thrown when there is no certificate and none can be made. */
  public static final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnavailableException(Path folder, Throwable cause) {
      super(
          "There is no certificate for TLS: "
              + cause.getMessage()
              + ". If the files in "
              + folder
              + " are damaged, delete them; or start without TLS.",
          cause);
    }
  }

  private static boolean endsSoon(KeyStore keys, Instant now) throws GeneralSecurityException {
    Instant end = ((X509Certificate) keys.getCertificate(ALIAS)).getNotAfter().toInstant();
    return now.plus(RENEWED_BEFORE_END).isAfter(end);
  }

  private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, KeyTool.PASSWORD.toCharArray());
    }
    if (store.getCertificate(ALIAS) == null) {
      throw new GeneralSecurityException("no certificate " + ALIAS);
    }
    return store;
  }

  private static void writeForClients(Path folder, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
    PrivateFiles.replace(folder.resolve(PEM_FILE), pem.getBytes(StandardCharsets.US_ASCII));
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    trusted.store(bytes, TRUST_STORE_PASSWORD.toCharArray());
    PrivateFiles.replace(folder.resolve(TRUST_FILE), bytes.toByteArray());
  }

  /** Returns what a server needs to show this certificate. */
  public SSLContext serverContext() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, KeyTool.PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has TLS and PKCS12", e);
    }
  }

  /**
   * Returns the certificate as curl ({@code --cacert}) and Python ({@code SSL_CERT_FILE}) want it.
   */
  public Path pemFile() {
    return folder.resolve(PEM_FILE);
  }

  /**
   * Returns the certificate as Java wants it ({@code javax.net.ssl.trustStore}), under {@link
   * #TRUST_STORE_PASSWORD}.
   */
  public Path trustStoreFile() {
    return folder.resolve(TRUST_FILE);
  }
}
