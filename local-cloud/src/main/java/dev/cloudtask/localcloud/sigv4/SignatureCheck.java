package dev.cloudtask.localcloud.sigv4;

import dev.cloudtask.localcloud.digest.Sha256;
import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.PercentEncoding;
import dev.cloudtask.localcloud.http.QueryString.Parameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calculates the signature a request should have and compares. */
public final class SignatureCheck {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration S3_SKEW = Duration.ofMinutes(15);
  // The other services word their refusal with "(... - 5 min.)".
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final HttpRequest request;
  private final Signature signature;
  private final boolean s3;

  private SignatureCheck(HttpRequest request, Signature signature) {
    this.request = request;
    this.signature = signature;
    this.s3 = signature.scope().service().equals("s3");
  }

  /**
   * Checks a signature.
   *
   * @param secret the secret access key of {@link Signature#accessKeyId()}
   * @return why it does not count; empty if it does
   */
  public static Optional<SignatureFailure> check(
      HttpRequest request, Signature signature, String secret, Instant now) {
    return new SignatureCheck(request, signature).run(secret, now);
  }

  /** Returns a time as signatures write it. */
  public static String stamp(Instant at) {
    return STAMP.format(at);
  }

  private Optional<SignatureFailure> run(String secret, Instant now) {
    Instant made;
    try {
      made = STAMP.parse(signature.timestamp(), Instant::from);
    } catch (DateTimeParseException e) {
      return Optional.of(
          new SignatureFailure.Malformed(
              "X-Amz-Date must be formated via ISO8601 Long format, yyyyMMdd'T'HHmmss'Z'"));
    }
    Optional<SignatureFailure> untimely = timely(made, now);
    return untimely.isPresent() ? untimely : matching(secret);
  }

  private Optional<SignatureFailure> matching(String secret) {
    Optional<String> declared = request.header("x-amz-content-sha256");
    String payload = payloadHash(declared);
    String canonical = canonicalRequest(payload);
    String toSign =
        Signature.ALGORITHM
            + "\n"
            + signature.timestamp()
            + "\n"
            + signature.scope()
            + "\n"
            + Sha256.hex(canonical);
    SigningKey key = SigningKey.derive(secret, signature.scope());
    if (!MessageDigest.isEqual(
        key.sign(toSign).getBytes(StandardCharsets.US_ASCII),
        signature.value().getBytes(StandardCharsets.UTF_8))) {
      return Optional.of(
          new SignatureFailure.Mismatch(
              signature.accessKeyId(), toSign, signature.value(), canonical));
    }
    if (s3 && declared.filter(hash -> hash.length() == 64).isPresent()) {
      String computed = Sha256.hex(request.body().bytes());
      if (!computed.equalsIgnoreCase(payload)) {
        return Optional.of(new SignatureFailure.PayloadMismatch(payload, computed));
      }
    }
    return s3 && declared.filter(ChunkSignatures::areIn).isPresent()
        ? new ChunkSignatures(signature, key).check(request.body().bytes(), payload)
        : Optional.empty();
  }

  private Optional<SignatureFailure> timely(Instant made, Instant now) {
    if (signature.presignedSeconds().isPresent()) {
      long seconds = signature.presignedSeconds().get();
      Instant end = made.plusSeconds(seconds);
      if (now.isAfter(end)) {
        return Optional.of(
            new SignatureFailure.Expired(
                seconds,
                end.truncatedTo(ChronoUnit.SECONDS).toString(),
                now.truncatedTo(ChronoUnit.SECONDS).toString()));
      }
    }
    Duration allowed = s3 ? S3_SKEW : SKEW;
    boolean past = signature.presignedSeconds().isEmpty() && made.isBefore(now.minus(allowed));
    boolean future = made.isAfter(now.plus(allowed));
    if (!past && !future) {
      return Optional.empty();
    }
    Instant boundary = past ? now.minus(allowed) : now.plus(allowed);
    return Optional.of(
        new SignatureFailure.TooSkewed(signature.timestamp(), stamp(now), stamp(boundary), past));
  }

  private String payloadHash(Optional<String> declared) {
    if (s3 && declared.isPresent()) {
      return declared.get();
    }
    if (s3 && signature.presignedSeconds().isPresent()) {
      return "UNSIGNED-PAYLOAD";
    }
    return Sha256.hex(request.body().bytes());
  }

  private String canonicalRequest(String payload) {
    StringBuilder headers = new StringBuilder();
    for (String name : signature.signedHeaders()) {
      headers
          .append(name)
          .append(':')
          .append(
              request.headers().all(name).stream()
                  .map(value -> value.strip().replaceAll(" +", " "))
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    return String.join(
        "\n",
        request.method(),
        canonicalPath(),
        canonicalQuery(),
        headers,
        String.join(";", signature.signedHeaders()),
        payload);
  }

  /** S3 signs the path encoded once; everybody else normalises it and encodes it once more. */
  private String canonicalPath() {
    String raw = request.rawPath();
    return s3
        ? PercentEncoding.encodePath(PercentEncoding.decode(raw))
        : PercentEncoding.encodePath(normalised(raw));
  }

  private static String normalised(String raw) {
    List<String> kept = new ArrayList<>();
    for (String segment : raw.split("/")) {
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.add(segment);
      }
    }
    String path = "/" + String.join("/", kept);
    return raw.endsWith("/") && !path.endsWith("/") ? path + "/" : path;
  }

  private String canonicalQuery() {
    return request.query().parameters().stream()
        .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
        .map(
            parameter ->
                new Parameter(
                    PercentEncoding.encode(parameter.name()),
                    PercentEncoding.encode(parameter.value())))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }
}
