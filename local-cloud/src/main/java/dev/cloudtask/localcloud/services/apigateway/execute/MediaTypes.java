package dev.cloudtask.localcloud.services.apigateway.execute;

import dev.cloudtask.localcloud.services.apigateway.model.Api;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which content an API takes for bytes rather than text. */
final class MediaTypes {
  private MediaTypes() {}

  /** Tells whether a header value's first media type is one of the API's binary ones. */
  static boolean isBinary(Api api, Optional<String> header) {
    List<String> binary = api.restApi().binaryMediaTypes();
    if (binary == null || binary.isEmpty()) {
      return false;
    }
    if (binary.contains("*/*")) {
      return true;
    }
    return header.map(MediaTypes::first).filter(binary::contains).isPresent();
  }

  /** Returns the first media type of a header, without parameters. */
  static String first(String header) {
    return header.split("[,;]", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
