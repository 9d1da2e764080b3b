package dev.cloudtask.localcloud.services.s3;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The conditions of a request: RFC 9110 section 13 as S3 reads it. Quotes around an entity tag may
 * be missing; a date in the future is no condition.
 */
final class Preconditions {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Preconditions() {}

  static String httpDate(Instant instant) {
    return HTTP_DATE.format(instant);
  }

  static Optional<Instant> parseDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      try {
        return Optional.of(Instant.parse(text));
      } catch (DateTimeParseException notIsoEither) {
        return Optional.empty();
      }
    }
  }

  /** Checks the conditions of a GET or HEAD; {@code now} tells what the future is. */
  static void checkRead(S3Request request, StoredObject object, Instant now) {
    Optional<String> ifMatch = request.header("If-Match");
    if (ifMatch.isPresent()) {
      if (!matches(ifMatch.get(), object)) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    } else {
      Optional<Instant> unmodifiedSince = date(request, "If-Unmodified-Since");
      if (unmodifiedSince.isPresent() && object.lastModified().isAfter(unmodifiedSince.get())) {
        throw S3Errors.preconditionFailed("If-Unmodified-Since");
      }
    }
    Optional<String> ifNoneMatch = request.header("If-None-Match");
    if (ifNoneMatch.isPresent()) {
      if (matches(ifNoneMatch.get(), object)) {
        throw S3Errors.notModified();
      }
    } else {
      Optional<Instant> modifiedSince =
          date(request, "If-Modified-Since").filter(date -> !date.isAfter(now));
      if (modifiedSince.isPresent() && !object.lastModified().isAfter(modifiedSince.get())) {
        throw S3Errors.notModified();
      }
    }
  }

  /** Checks the conditions on the source of a copy. */
  static void checkCopySource(S3Request request, StoredObject source) {
    Optional<String> ifMatch = request.header("x-amz-copy-source-if-match");
    if (ifMatch.isPresent() && !matches(ifMatch.get(), source)) {
      throw S3Errors.preconditionFailed("x-amz-copy-source-If-Match");
    }
    if (ifMatch.isEmpty()) {
      Optional<Instant> since = date(request, "x-amz-copy-source-if-unmodified-since");
      if (since.isPresent() && source.lastModified().isAfter(since.get())) {
        throw S3Errors.preconditionFailed("x-amz-copy-source-If-Unmodified-Since");
      }
    }
    Optional<String> ifNoneMatch = request.header("x-amz-copy-source-if-none-match");
    if (ifNoneMatch.isPresent() && matches(ifNoneMatch.get(), source)) {
      throw S3Errors.preconditionFailed("x-amz-copy-source-If-None-Match");
    }
    if (ifNoneMatch.isEmpty()) {
      Optional<Instant> since = date(request, "x-amz-copy-source-if-modified-since");
      if (since.isPresent() && !source.lastModified().isAfter(since.get())) {
        throw S3Errors.preconditionFailed("x-amz-copy-source-If-Modified-Since");
      }
    }
  }

  /**
   * Checks the conditions of a write: {@code If-None-Match: *} and {@code If-Match: ETAG}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
   *     writes</a>
   */
  static void checkWrite(S3Request request, Optional<StoredObject> current, String key) {
    Optional<String> ifNoneMatch = request.header("If-None-Match");
    Optional<String> ifMatch = request.header("If-Match");
    if (ifNoneMatch.isPresent() && (ifMatch.isPresent() || !ifNoneMatch.get().equals("*"))) {
      throw S3Errors.headerNotImplemented("If-None-Match");
    }
    if (ifNoneMatch.isPresent() && current.isPresent()) {
      throw S3Errors.preconditionFailed("If-None-Match");
    }
    if (ifMatch.isPresent()) {
      StoredObject object = current.orElseThrow(() -> S3Errors.noSuchKey(key));
      if (!matches(ifMatch.get(), object)) {
        throw S3Errors.preconditionFailed("If-Match");
      }
    }
  }

  /** Tells whether a list of entity tags, quoted or not, holds the object's. */
  static boolean matches(String header, StoredObject object) {
    return matches(header, object.etag());
  }

  static boolean matches(String header, String etag) {
    if (header.strip().equals("*")) {
      return true;
    }
    return Arrays.stream(header.split(","))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .map(tag -> tag.replaceAll("^\"|\"$", ""))
        .anyMatch(etag::equals);
  }

  private static Optional<Instant> date(S3Request request, String header) {
    return request.header(header).flatMap(Preconditions::parseDate);
  }
}
