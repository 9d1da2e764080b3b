package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.http.HttpResponse;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response headers policy: headers set, kept or removed on the way to the viewer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html">
 *     Response headers policies</a>
 */
record ResponseHeaders(List<Setting> settings, Optional<CorsRule> cors, List<String> removed) {
  /** A header and whether it replaces the origin's. */
  record Setting(String name, String value, boolean override) {}

  /** What is said about other origins. */
  record CorsRule(
      List<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      boolean credentials,
      Optional<String> maxAge,
      boolean override) {}

  static ResponseHeaders from(XmlElement config) {
    List<Setting> settings = new ArrayList<>();
    config.child("SecurityHeadersConfig").ifPresent(security -> security(security, settings));
    for (XmlElement header :
        DistributionConfig.items(
            config, "CustomHeadersConfig", "ResponseHeadersPolicyCustomHeader")) {
      settings.add(
          new Setting(
              header.childText("Header").orElse(""),
              header.childText("Value").orElse(""),
              on(header, "Override")));
    }
    List<String> removed =
        DistributionConfig.items(config, "RemoveHeadersConfig", "ResponseHeadersPolicyRemoveHeader")
            .stream()
            .map(header -> header.childText("Header").orElse(""))
            .toList();
    return new ResponseHeaders(
        settings, config.child("CorsConfig").map(ResponseHeaders::cors), removed);
  }

  private static void security(XmlElement security, List<Setting> settings) {
    security
        .child("XSSProtection")
        .ifPresent(
            xss ->
                settings.add(
                    new Setting(
                        "X-XSS-Protection",
                        (on(xss, "Protection") ? "1" : "0")
                            + (on(xss, "ModeBlock") ? "; mode=block" : "")
                            + xss.childText("ReportUri").map(uri -> "; report=" + uri).orElse(""),
                        on(xss, "Override"))));
    simple(security, "FrameOptions", "FrameOption", "X-Frame-Options", settings);
    simple(security, "ReferrerPolicy", "ReferrerPolicy", "Referrer-Policy", settings);
    simple(
        security,
        "ContentSecurityPolicy",
        "ContentSecurityPolicy",
        "Content-Security-Policy",
        settings);
    security
        .child("ContentTypeOptions")
        .ifPresent(
            options ->
                settings.add(
                    new Setting("X-Content-Type-Options", "nosniff", on(options, "Override"))));
    security
        .child("StrictTransportSecurity")
        .ifPresent(
            hsts ->
                settings.add(
                    new Setting(
                        "Strict-Transport-Security",
                        "max-age="
                            + hsts.childText("AccessControlMaxAgeSec").orElse("0")
                            + (on(hsts, "IncludeSubdomains") ? "; includeSubDomains" : "")
                            + (on(hsts, "Preload") ? "; preload" : ""),
                        on(hsts, "Override"))));
  }

  private static void simple(
      XmlElement security, String group, String element, String header, List<Setting> settings) {
    security
        .child(group)
        .ifPresent(
            value ->
                settings.add(
                    new Setting(
                        header, value.childText(element).orElse(""), on(value, "Override"))));
  }

  private static CorsRule cors(XmlElement cors) {
    return new CorsRule(
        texts(cors, "AccessControlAllowOrigins", "Origin"),
        texts(cors, "AccessControlAllowMethods", "Method"),
        texts(cors, "AccessControlAllowHeaders", "Header"),
        texts(cors, "AccessControlExposeHeaders", "Header"),
        on(cors, "AccessControlAllowCredentials"),
        cors.childText("AccessControlMaxAgeSec"),
        on(cors, "OriginOverride"));
  }

  private static List<String> texts(XmlElement parent, String list, String member) {
    return DistributionConfig.items(parent, list, member).stream().map(XmlElement::text).toList();
  }

  private static boolean on(XmlElement parent, String name) {
    return parent.childText(name).filter("true"::equals).isPresent();
  }

  HttpResponse apply(HttpRequest request, HttpResponse response) {
    HttpResponse answer = response;
    for (String name : removed) {
      answer = answer.withHeaders(answer.headers().without(name));
    }
    for (Setting setting : settings) {
      answer = set(answer, setting.name(), setting.value(), setting.override());
    }
    Optional<String> origin = request.header("Origin");
    if (cors.isPresent() && origin.isPresent()) {
      answer = applyCors(cors.get(), origin.get(), request, answer);
    }
    return answer;
  }

  private static HttpResponse applyCors(
      CorsRule rule, String origin, HttpRequest request, HttpResponse response) {
    boolean any = rule.origins().contains("*");
    boolean named = rule.origins().stream().anyMatch(pattern -> matches(pattern, origin));
    if (!any && !named) {
      return response;
    }
    HttpResponse answer =
        set(response, "Access-Control-Allow-Origin", any ? "*" : origin, rule.override());
    if (!any) {
      answer = answer.with("Vary", "Origin");
    }
    if (rule.credentials()) {
      answer = set(answer, "Access-Control-Allow-Credentials", "true", rule.override());
    }
    if (!rule.exposed().isEmpty()) {
      answer =
          set(
              answer,
              "Access-Control-Expose-Headers",
              String.join(", ", rule.exposed()),
              rule.override());
    }
    if (request.method().equals("OPTIONS")) {
      answer =
          set(
              answer,
              "Access-Control-Allow-Methods",
              String.join(", ", rule.methods()),
              rule.override());
      answer =
          set(
              answer,
              "Access-Control-Allow-Headers",
              String.join(", ", rule.headers()),
              rule.override());
      if (rule.maxAge().isPresent()) {
        answer = set(answer, "Access-Control-Max-Age", rule.maxAge().get(), rule.override());
      }
    }
    return answer;
  }

  private static boolean matches(String pattern, String origin) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(origin) || origin.endsWith("://" + pattern);
    }
    return origin.length() >= pattern.length() - 1
        && origin.endsWith(pattern.substring(star + 1))
        && (origin.startsWith(pattern.substring(0, star)) || star == 0);
  }

  private static HttpResponse set(
      HttpResponse response, String name, String value, boolean override) {
    return override || !response.headers().has(name) ? response.with(name, value) : response;
  }
}
