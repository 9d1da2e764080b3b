package dev.cloudtask.localcloud.sigv4;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.QueryString;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The signature that a request carries, as it claims it.
 *
 * @param accessKeyId whose
 * @param scope for what
 * @param signedHeaders the headers it covers, lower case
 * @param value the signature in hexadecimal
 * @param timestamp when it was made, {@code yyyyMMdd'T'HHmmss'Z'}
 * @param sessionToken the token of temporary credentials
 * @param presignedSeconds for a presigned URL, how long it is good
 */
public record Signature(
    String accessKeyId,
    CredentialScope scope,
    List<String> signedHeaders,
    String value,
    String timestamp,
    Optional<String> sessionToken,
    Optional<Long> presignedSeconds) {

  /** The algorithm's name. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final long WEEK_SECONDS = 604_800;

  /** Thrown when a request carries something that should be a signature and is not. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String problem) {
      super(problem);
    }
  }

  /** Tells whether the request claims to be signed, in the header or the query. */
  public static boolean claimed(HttpRequest request) {
    return inHeader(request).isPresent() || inQuery(request);
  }

  private static Optional<String> inHeader(HttpRequest request) {
    return request.header("Authorization").filter(value -> value.startsWith("AWS"));
  }

  private static boolean inQuery(HttpRequest request) {
    return request.rawQuery().filter(query -> query.contains("X-Amz-Algorithm=")).isPresent();
  }

  /** Returns the service named in the credential scope, whether or not the signature is good. */
  public static Optional<String> service(HttpRequest request) {
    try {
      return of(request).map(signature -> signature.scope().service());
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the signature; empty if the request carries none.
   *
   * @throws MalformedException if it carries half of one
   */
  public static Optional<Signature> of(HttpRequest request) throws MalformedException {
    Optional<String> header = inHeader(request);
    if (header.isPresent()) {
      return Optional.of(fromHeader(request, header.get()));
    }
    return inQuery(request) ? Optional.of(fromQuery(request.query())) : Optional.empty();
  }

  private static Signature fromHeader(HttpRequest request, String header)
      throws MalformedException {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw new MalformedException("Unsupported Authorization Type");
    }
    Map<String, String> fields = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",")) {
      String text = part.strip();
      int equals = text.indexOf('=');
      if (equals > 0) {
        fields.put(text.substring(0, equals), text.substring(equals + 1));
      }
    }
    String timestamp =
        request
            .header("X-Amz-Date")
            .orElseThrow(
                () ->
                    new MalformedException(
                        "Authorization header requires existence of either a 'X-Amz-Date' or a"
                            + " 'Date' header."));
    return build(
        required(fields, "Credential"),
        required(fields, "SignedHeaders"),
        required(fields, "Signature"),
        timestamp,
        request.header("X-Amz-Security-Token"),
        Optional.empty());
  }

  private static String required(Map<String, String> fields, String name)
      throws MalformedException {
    String value = fields.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new MalformedException("Authorization header requires '" + name + "' parameter.");
    }
    return value;
  }

  private static Signature fromQuery(QueryString query) throws MalformedException {
    Map<String, String> fields = new HashMap<>();
    for (String name :
        List.of("Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires")) {
      String value = query.first("X-Amz-" + name).orElse("");
      if (value.isEmpty()) {
        throw new MalformedException(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires"
                + " parameters.");
      }
      fields.put(name, value);
    }
    if (!ALGORITHM.equals(fields.get("Algorithm"))) {
      throw new MalformedException("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    }
    return build(
        required(fields, "Credential"),
        required(fields, "SignedHeaders"),
        required(fields, "Signature"),
        required(fields, "Date"),
        query.first("X-Amz-Security-Token"),
        Optional.of(lifetime(required(fields, "Expires"))));
  }

  private static long lifetime(String text) throws MalformedException {
    long seconds;
    try {
      seconds = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new MalformedException("X-Amz-Expires should be a number");
    }
    if (seconds < 0) {
      throw new MalformedException("X-Amz-Expires must be non-negative");
    }
    if (seconds > WEEK_SECONDS) {
      throw new MalformedException(
          "X-Amz-Expires must be less than a week (in seconds) that is 604800");
    }
    return seconds;
  }

  private static Signature build(
      String credential,
      String signedHeaders,
      String value,
      String timestamp,
      Optional<String> token,
      Optional<Long> presignedSeconds)
      throws MalformedException {
    String[] parts = credential.split("/");
    if (parts.length != 5 || !parts[4].equals("aws4_request")) {
      throw new MalformedException(
          "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    return new Signature(
        parts[0],
        new CredentialScope(parts[1], parts[2], parts[3]),
        List.of(signedHeaders.toLowerCase(Locale.ROOT).split(";")),
        value,
        timestamp,
        token,
        presignedSeconds);
  }
}
