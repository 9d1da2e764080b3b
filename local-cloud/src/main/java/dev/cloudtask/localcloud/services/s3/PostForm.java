package dev.cloudtask.localcloud.services.s3;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML form that uploads a file, {@code multipart/form-data} (RFC 7578). Fields after the file
 * are ignored, as S3 does.
 *
 * @param fields the fields before the file, by their names as sent
 * @param fileName the file's name without a path, for {@code ${filename}} in the key; may be empty
 * @param fileType the content type of the file's part, which S3 does not look at
 * @param file the file
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record PostForm(
    Map<String, String> fields, String fileName, Optional<String> fileType, byte[] file) {
  private static final Pattern BOUNDARY =
      Pattern.compile(";\\s*boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("(?<![a-z*])name=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile("filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  /** The most bytes of all fields before the file. */
  private static final int MOST_FIELD_BYTES = 20 * 1024;

  static PostForm of(S3Request request) {
    String type = request.header("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw PostErrors.notAForm();
    }
    Matcher boundary = BOUNDARY.matcher(type);
    if (!boundary.find()) {
      throw PostErrors.malformedForm();
    }
    return new Parts(request.http().body().bytes(), group(boundary)).form();
  }

  private static String group(Matcher matcher) {
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  /** Returns a field by its name in any letter case. */
  Optional<String> field(String name) {
    return fields.entrySet().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The parts of a body, one after another. */
  private static final class Parts {
    private final byte[] body;
    private final byte[] delimiter;
    private int at;

    Parts(byte[] body, String boundary) {
      this.body = body;
      this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    }

    PostForm form() {
      Map<String, String> fields = new LinkedHashMap<>();
      int fieldBytes = 0;
      at = find(delimiter, 0);
      if (at < 0) {
        throw PostErrors.malformedForm();
      }
      while (nextPart()) {
        String head = head();
        int begin = at;
        int end = endOfPart();
        String disposition = header(head, "content-disposition").orElse("");
        Matcher name = NAME.matcher(disposition);
        if (!name.find()) {
          throw PostErrors.malformedForm();
        }
        if (group(name).equalsIgnoreCase("file")) {
          Matcher fileName = FILE_NAME.matcher(disposition);
          return new PostForm(
              fields,
              fileName.find() ? withoutPath(group(fileName)) : "",
              header(head, "content-type"),
              java.util.Arrays.copyOfRange(body, begin, end));
        }
        fieldBytes += end - begin;
        if (fieldBytes > MOST_FIELD_BYTES) {
          throw PostErrors.fieldsTooLarge();
        }
        fields.put(group(name), new String(body, begin, end - begin, StandardCharsets.UTF_8));
      }
      throw PostErrors.noFile();
    }

    /** Goes behind the delimiter; tells whether a part follows and not the end. */
    private boolean nextPart() {
      at += delimiter.length;
      if (at + 1 < body.length && body[at] == '-' && body[at + 1] == '-') {
        return false;
      }
      if (at + 1 >= body.length || body[at] != '\r' || body[at + 1] != '\n') {
        throw PostErrors.malformedForm();
      }
      at += 2;
      return true;
    }

    private String head() {
      int end = find("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), at);
      if (end < 0) {
        throw PostErrors.malformedForm();
      }
      String head = new String(body, at, end - at, StandardCharsets.UTF_8);
      at = end + 4;
      return head;
    }

    /** Goes to the delimiter after this part and returns where the part ends. */
    private int endOfPart() {
      // An empty part's delimiter begins with the line break that ends its head.
      int next = find(delimiter, at - 2);
      while (next >= 0 && !(body[next - 2] == '\r' && body[next - 1] == '\n')) {
        next = find(delimiter, next + 1);
      }
      if (next < 0) {
        throw PostErrors.malformedForm();
      }
      int end = Math.max(at, next - 2);
      at = next;
      return end;
    }

    private int find(byte[] wanted, int from) {
      for (int i = Math.max(0, from); i <= body.length - wanted.length; i++) {
        int matching = 0;
        while (matching < wanted.length && body[i + matching] == wanted[matching]) {
          matching++;
        }
        if (matching == wanted.length) {
          return i;
        }
      }
      return -1;
    }

    private static Optional<String> header(String head, String name) {
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    /** Some browsers send the whole path. */
    private static String withoutPath(String name) {
      return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
  }
}
