package dev.cloudtask.localcloud.services.s3;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A bucket's CORS rules.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html">Elements of
 *     a CORS configuration</a>
 */
record CorsConfiguration(List<Rule> rules) {
  private static final List<String> METHODS = List.of("GET", "PUT", "HEAD", "POST", "DELETE");

  /** One rule; the first that matches decides. */
  record Rule(
      Optional<String> id,
      List<String> methods,
      List<String> origins,
      List<String> headers,
      List<String> exposed,
      Optional<String> maxAge) {

    boolean allowsOrigin(String origin) {
      return origins.stream().anyMatch(pattern -> matches(pattern, origin));
    }

    boolean allowsHeader(String header) {
      String lower = header.toLowerCase(Locale.ROOT);
      return headers.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), lower));
    }

    boolean allowsAnyOrigin() {
      return origins.contains("*");
    }
  }

  static CorsConfiguration from(XmlElement document) {
    return new CorsConfiguration(
        document.children("CORSRule").stream().map(CorsConfiguration::rule).toList());
  }

  private static Rule rule(XmlElement rule) {
    return new Rule(
        rule.childText("ID"),
        texts(rule, "AllowedMethod"),
        texts(rule, "AllowedOrigin"),
        texts(rule, "AllowedHeader"),
        texts(rule, "ExposeHeader"),
        rule.childText("MaxAgeSeconds"));
  }

  private static List<String> texts(XmlElement rule, String name) {
    return rule.children(name).stream().map(XmlElement::text).toList();
  }

  static CorsConfiguration checked(XmlElement document) {
    SettingDocuments.only(document, "CORSRule");
    CorsConfiguration cors = from(document);
    if (cors.rules.isEmpty() || cors.rules.size() > 100) {
      throw S3Errors.malformedXml();
    }
    document.children().forEach(CorsConfiguration::checkShape);
    cors.rules.forEach(CorsConfiguration::check);
    return cors;
  }

  private static void checkShape(XmlElement rule) {
    SettingDocuments.only(
        rule,
        "ID",
        "AllowedMethod",
        "AllowedOrigin",
        "AllowedHeader",
        "ExposeHeader",
        "MaxAgeSeconds");
  }

  private static void check(Rule rule) {
    if (rule.methods.isEmpty() || rule.origins.isEmpty()) {
      throw S3Errors.malformedXml();
    }
    for (String method : rule.methods) {
      if (!METHODS.contains(method)) {
        throw S3Errors.invalidRequest(
            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
      }
    }
    for (String origin : rule.origins) {
      if (origin.indexOf('*') != origin.lastIndexOf('*')) {
        throw S3Errors.invalidRequest(
            "AllowedOrigin \"" + origin + "\" can not have more than one wildcard.");
      }
    }
    for (String header : rule.headers) {
      if (header.indexOf('*') != header.lastIndexOf('*')) {
        throw S3Errors.invalidRequest(
            "AllowedHeader \"" + header + "\" can not have more than one wildcard.");
      }
    }
    for (String header : rule.exposed) {
      if (header.indexOf('*') >= 0) {
        throw S3Errors.invalidRequest(
            "ExposeHeader \""
                + header
                + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
      }
    }
    if (rule.maxAge.isPresent() && !rule.maxAge.get().matches("-?\\d{1,10}")) {
      throw S3Errors.malformedXml();
    }
  }

  /** Returns the first rule that lets this origin use this method and send these headers. */
  Optional<Rule> match(String origin, String method, List<String> headers) {
    return rules.stream()
        .filter(rule -> rule.methods.contains(method))
        .filter(rule -> rule.allowsOrigin(origin))
        .filter(rule -> headers.stream().allMatch(rule::allowsHeader))
        .findFirst();
  }

  private static boolean matches(String pattern, String text) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(text);
    }
    String start = pattern.substring(0, star);
    String end = pattern.substring(star + 1);
    return text.length() >= start.length() + end.length()
        && text.startsWith(start)
        && text.endsWith(end);
  }

  String toXml() {
    XmlWriter xml = SettingDocuments.writer("CORSConfiguration");
    for (Rule rule : rules) {
      xml.open("CORSRule").element("ID", rule.id);
      rule.headers.forEach(value -> xml.element("AllowedHeader", value));
      rule.methods.forEach(value -> xml.element("AllowedMethod", value));
      rule.origins.forEach(value -> xml.element("AllowedOrigin", value));
      rule.exposed.forEach(value -> xml.element("ExposeHeader", value));
      xml.element("MaxAgeSeconds", rule.maxAge).close();
    }
    return xml.toString();
  }
}
