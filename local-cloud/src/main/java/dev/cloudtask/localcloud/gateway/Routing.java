package dev.cloudtask.localcloud.gateway;

import dev.cloudtask.localcloud.http.HttpRequest;
import dev.cloudtask.localcloud.sigv4.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds whom a request is for: by the port it came to, by its host name, by a local path, by its
 * credential scope, by its looks; what is left is S3's, whose paths look like anything.
 */
final class Routing {
  /** S3's label in a host name, of old with the region behind a hyphen. */
  private static final Pattern S3_LABEL = Pattern.compile("\\.s3(-[a-z]{2}(-[a-z]+)+-\\d)?\\.");

  private static final Pattern API_PATH =
      Pattern.compile("/restapis/([a-z0-9]+)/([^/?]+)/_user_request_(/[^?]*)?(\\?.*)?");
  private static final Pattern API_SHORT_PATH =
      Pattern.compile("/_aws/execute-api/([a-z0-9]+)(/[^?]*)?(\\?.*)?");

  private final NameTable names;
  private final AwsNames aws;
  private final String region;
  private final Map<String, ServiceEndpoint> services = new LinkedHashMap<>();
  private final List<Site> sites = new ArrayList<>();
  private final List<LocalPage> pages = new ArrayList<>();

  Routing(NameTable names, String region) {
    this.names = names;
    this.aws = new AwsNames(region);
    this.region = region;
  }

  void add(ServiceEndpoint service) {
    if (services.put(service.signingName(), service) != null) {
      throw new IllegalStateException("two services are called " + service.signingName());
    }
  }

  void add(Site site) {
    sites.add(site);
  }

  void add(LocalPage page) {
    pages.add(page);
  }

  /** Returns whom a request from outside is for. */
  Destination find(HttpRequest request) {
    String host = request.hostName();
    Optional<NameTable.Meaning> meaning = names.meaning(request.connection().localPort());
    if (meaning.isPresent()) {
      boolean ours =
          AwsNames.isLoopback(host)
              || aws.awsName(host).filter(meaning.get().awsHost()::equals).isPresent();
      return ours ? ofPort(request, meaning.get()) : new Destination.Refused(host);
    }
    if (AwsNames.isLoopback(host)) {
      return ofSharedEndpoint(request);
    }
    return aws.awsName(host)
        .map(name -> ofAwsHost(request, name, !AwsNames.isAws(host)))
        .orElseGet(() -> new Destination.Refused(host));
  }

  private Destination ofPort(HttpRequest request, NameTable.Meaning meaning) {
    return site(meaning.awsHost())
        .<Destination>map(
            site ->
                new Destination.ToSite(
                    site, meaning.awsHost(), secured(request, meaning.secure()), true))
        .orElseGet(() -> new Destination.Unknown(meaning.awsHost()));
  }

  /** Returns the service of a name in SigV4's credential scope. */
  Optional<ServiceEndpoint> named(String signingName) {
    return Optional.ofNullable(services.get(signingName));
  }

  /** Returns the names of all services that are here, as credential scopes have them. */
  Set<String> serviceNames() {
    return Collections.unmodifiableSet(new TreeSet<>(services.keySet()));
  }

  /** Returns the data plane of an AWS host name. */
  Optional<Site> site(String awsHost) {
    return sites.stream().filter(site -> site.answersFor(awsHost)).findFirst();
  }

  /** Returns the service whose API an AWS host name is. */
  Optional<ServiceEndpoint> service(String awsHost) {
    String suffix = ".amazonaws.com";
    if (!awsHost.endsWith(suffix)) {
      return Optional.empty();
    }
    String labels = "." + awsHost.substring(0, awsHost.length() - suffix.length()) + ".";
    return services.values().stream()
        .filter(
            service ->
                labels.startsWith("." + service.endpointPrefix() + ".")
                    || (service.signingName().equals("s3") && S3_LABEL.matcher(labels).find()))
        .findFirst();
  }

  private Destination ofAwsHost(HttpRequest request, String awsHost, boolean local) {
    Optional<Site> site = site(awsHost);
    if (site.isPresent()) {
      boolean secure = request.connection().secure() || site.get().speaksHttps(awsHost);
      return new Destination.ToSite(site.get(), awsHost, secured(request, secure), local);
    }
    return service(awsHost)
        .<Destination>map(service -> new Destination.ToService(service, awsHost, request, local))
        .orElseGet(() -> new Destination.Unknown(awsHost));
  }

  private Destination ofSharedEndpoint(HttpRequest request) {
    String path = request.rawPath();
    for (LocalPage page : pages) {
      if (page.answers(path)) {
        return new Destination.ToPage(page, request);
      }
    }
    Optional<Destination> api = ofApiPath(request);
    if (api.isPresent()) {
      return api.get();
    }
    Optional<Signature> signature = signature(request);
    ServiceEndpoint service = services.get(signature.map(s -> s.scope().service()).orElse(""));
    if (service == null) {
      service = recognised(request);
    }
    if (service == null) {
      return new Destination.Unknown(
          signature.map(s -> "the service " + s.scope().service()).orElse(path));
    }
    String scopeRegion = signature.map(s -> s.scope().region()).orElse(region);
    return new Destination.ToService(
        service, service.endpointPrefix() + "." + scopeRegion + ".amazonaws.com", request, true);
  }

  private static Optional<Signature> signature(HttpRequest request) {
    try {
      return Signature.of(request);
    } catch (Signature.MalformedException e) {
      return Optional
          .empty(); // the service that recognises the request refuses it in its own words
    }
  }

  private @Nullable ServiceEndpoint recognised(HttpRequest request) {
    if (signature(request).isPresent()) {
      return null; // signed for a service that is not here
    }
    for (ServiceEndpoint service : services.values()) {
      if (!service.signingName().equals("s3") && service.recognises(request)) {
        return service;
      }
    }
    return services.get("s3");
  }

  private Optional<Destination> ofApiPath(HttpRequest request) {
    Matcher full = API_PATH.matcher(request.target());
    if (full.matches()) {
      return api(
          request, full.group(1), "/" + full.group(2) + text(full.group(3)) + text(full.group(4)));
    }
    Matcher abbreviated = API_SHORT_PATH.matcher(request.target());
    if (abbreviated.matches()) {
      return api(
          request, abbreviated.group(1), text(abbreviated.group(2)) + text(abbreviated.group(3)));
    }
    return Optional.empty();
  }

  private Optional<Destination> api(HttpRequest request, String id, String target) {
    String awsHost = id + ".execute-api." + region + ".amazonaws.com";
    return site(awsHost)
        .map(
            site ->
                new Destination.ToSite(
                    site, awsHost, secured(request.withTarget(target), true), true));
  }

  private static String text(@Nullable String group) {
    return group == null ? "" : group;
  }

  private static HttpRequest secured(HttpRequest request, boolean secure) {
    HttpRequest.Connection from = request.connection();
    return new HttpRequest(
        request.method(),
        request.target(),
        request.headers(),
        request.body(),
        new HttpRequest.Connection(from.localPort(), from.remoteAddress(), secure));
  }
}
