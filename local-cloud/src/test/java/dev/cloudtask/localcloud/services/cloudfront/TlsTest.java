package dev.cloudtask.localcloud.services.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloudtask.localcloud.TestCloud;
import dev.cloudtask.localcloud.certificate.LoopbackCertificate;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.Distribution;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** A distribution over real TLS, asked by clients that check certificates. */
class TlsTest {
  private static final String BUCKET = "tls-site";
  private static final String UNCACHED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";

  @TempDir private static Path shared;
  private static TestCloud cloud;
  private static Distribution distribution;

  @BeforeAll
  static void start() {
    cloud = startWithTls(shared);
    distribution = distribution(cloud);
  }

  @AfterAll
  static void close() {
    cloud.close();
  }

  private static TestCloud startWithTls(Path folder) {
    return TestCloud.start(builder -> builder.stateFolder(folder).tls());
  }

  private static Distribution distribution(TestCloud in) {
    S3Client s3 = in.client(S3Client.builder());
    s3.createBucket(b -> b.bucket(BUCKET));
    s3.deletePublicAccessBlock(b -> b.bucket(BUCKET));
    s3.putBucketPolicy(
        b ->
            b.bucket(BUCKET)
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
                     "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}"""
                        .formatted(BUCKET)));
    s3.putBucketWebsite(
        b ->
            b.bucket(BUCKET)
                .websiteConfiguration(w -> w.indexDocument(i -> i.suffix("index.html"))));
    s3.putObject(b -> b.bucket(BUCKET).key("index.html"), RequestBody.fromString("home"));
    s3.putObject(
        b -> b.bucket(BUCKET).key("old").websiteRedirectLocation("/index.html"),
        RequestBody.empty());
    Origin origin =
        Origin.builder()
            .id("site")
            .domainName(BUCKET + ".s3-website-us-east-1.amazonaws.com")
            .customOriginConfig(
                c -> c.httpPort(80).httpsPort(443).originProtocolPolicy("http-only"))
            .build();
    return in.client(CloudFrontClient.builder())
        .createDistribution(
            d ->
                d.distributionConfig(
                    c ->
                        c.callerReference("tls")
                            .comment("")
                            .enabled(true)
                            .origins(o -> o.quantity(1).items(origin))
                            .defaultCacheBehavior(
                                b ->
                                    b.targetOriginId("site")
                                        .viewerProtocolPolicy("https-only")
                                        .cachePolicyId(UNCACHED))))
        .distribution();
  }

  private static URI tls(TestCloud of, Distribution published) {
    return of.cloud().names().tlsOrigin(published.domainName()).orElseThrow();
  }

  private static HttpClient trusting(Path trustStore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(trustStore)) {
      store.load(in, LoopbackCertificate.TRUST_STORE_PASSWORD.toCharArray());
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void java_withTheTrustStore_isServed_withoutItRefuses() throws Exception {
    LoopbackCertificate certificate = cloud.cloud().certificate().orElseThrow();
    URI origin = tls(cloud, distribution);

    assertThat(origin.toString()).startsWith("https://127.0.0.1:");
    HttpClient trusting = trusting(certificate.trustStoreFile());
    HttpResponse<String> answer = get(trusting, origin.resolve("/"));
    assertThat(answer.body()).isEqualTo("home");
    assertThat(answer.headers().firstValue("Via").orElse("")).contains("CloudFront");
    URI byName = URI.create("https://localhost:" + origin.getPort() + "/index.html");
    assertThat(get(trusting, byName).body()).isEqualTo("home");
    assertThatThrownBy(() -> get(HttpClient.newHttpClient(), origin.resolve("/")))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void otherClients_withThePemFile_areServed() throws Exception {
    URI origin = tls(cloud, distribution);
    String pem = cloud.cloud().certificate().orElseThrow().pemFile().toString();
    List<String> none = List.of("/dev/null", origin + "/");

    assertServed(List.of("curl", "-sS", "--cacert"), pem, origin, Map.of());
    String program =
        "import sys, urllib.request as u; print(u.urlopen(sys.argv[1]).read().decode(), end='')";
    assertServed(List.of("python3", "-c", program), "", origin, Map.of("SSL_CERT_FILE", pem));
    assertThat(run(List.of("curl", "-sS", "--cacert"), none, Map.of()))
        .doesNotContain("home")
        .containsIgnoringCase("certificate");
  }

  private static void assertServed(
      List<String> client, String pem, URI origin, Map<String, String> environment)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    if (!pem.isEmpty()) {
      arguments.add(pem);
    }
    arguments.add(origin + "/");
    assertThat(run(client, arguments, environment)).as(client.get(0)).isEqualTo("home");
  }

  private static String run(
      List<String> client, List<String> arguments, Map<String, String> environment)
      throws Exception {
    boolean there =
        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, client.get(0))));
    assumeThat(there).as("a program " + client.get(0)).isTrue();
    List<String> command = new ArrayList<>(client);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void redirect_staysWithTls_andCorsNamesTheOriginThatWasSent() throws Exception {
    URI origin = tls(cloud, distribution);
    HttpClient trusting = trusting(cloud.cloud().certificate().orElseThrow().trustStoreFile());
    S3Client s3 = cloud.client(S3Client.builder());
    CORSRule rule =
        CORSRule.builder()
            .allowedMethods("GET")
            .allowedOrigins("https://" + distribution.domainName())
            .build();
    s3.putBucketCors(b -> b.bucket(BUCKET).corsConfiguration(c -> c.corsRules(rule)));
    s3.putObject(
        b ->
            b.bucket(BUCKET)
                .key("away")
                .websiteRedirectLocation("https://" + distribution.domainName() + "/index.html"),
        RequestBody.empty());

    HttpResponse<String> redirect = get(trusting, origin.resolve("/away"));
    assertThat(redirect.headers().firstValue("Location")).contains(origin + "/index.html");
    HttpResponse<String> fromPage =
        trusting.send(
            HttpRequest.newBuilder(cloud.endpoint().resolve("/" + BUCKET + "/index.html"))
                .header("Origin", origin.toString())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(fromPage.headers().firstValue("Access-Control-Allow-Origin"))
        .contains(origin.toString());
  }

  @Test
  void restart_keepsPortAndCertificate_andWithoutTlsNothingListensThere(@TempDir Path folder)
      throws Exception {
    URI origin;
    byte[] pem;
    String domain;
    try (TestCloud own = startWithTls(folder)) {
      Distribution kept = distribution(own);
      domain = kept.domainName();
      origin = tls(own, kept);
      pem = Files.readAllBytes(own.cloud().certificate().orElseThrow().pemFile());
    }
    try (TestCloud own = TestCloud.startIn(folder)) {
      assertThat(own.cloud().names().tlsOrigin(domain)).isEmpty();
      assertThat(own.cloud().certificate()).isEmpty();
    }
    try (TestCloud own = startWithTls(folder)) {
      LoopbackCertificate certificate = own.cloud().certificate().orElseThrow();
      assertThat(own.cloud().names().tlsOrigin(domain)).contains(origin);
      assertThat(certificate.pemFile()).hasBinaryContent(pem);
      assertThat(get(trusting(certificate.trustStoreFile()), origin.resolve("/")).body())
          .isEqualTo("home");
    }
  }

  @Test
  void certificate_speaksForLoopbackOnly_andMaySignNothing() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        Files.newInputStream(cloud.cloud().certificate().orElseThrow().trustStoreFile())) {
      store.load(in, LoopbackCertificate.TRUST_STORE_PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) store.getCertificate("local-cloud");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .containsExactlyInAnyOrder("127.0.0.1", "localhost");
  }

  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "POSIX permissions")
  void key_isReadableByItsOwnerOnly() throws Exception {
    Path keys = shared.resolve("tls").resolve("key.p12");
    assertThat(cloud.cloud().certificate()).isPresent();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("tls"))))
        .isEqualTo("rwx------");
  }

  @Test
  void damagedKey_isSaidInWords(@TempDir Path folder) throws Exception {
    Path keys = Files.createDirectory(folder.resolve("tls")).resolve("key.p12");
    Files.writeString(keys, "nonsense");

    assertThatThrownBy(() -> startWithTls(folder))
        .isInstanceOf(LoopbackCertificate.UnavailableException.class)
        .hasMessageContaining(folder.resolve("tls").toString());
    try (TestCloud own = TestCloud.startIn(folder)) {
      assertThat(own.cloud().certificate()).isEmpty(); // the refusal let go of the state
    }
  }
}
