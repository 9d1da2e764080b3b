package dev.cloudtask.localcloud.services.cloudfront;

import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which elements a distribution's configuration may have, which are refused by name, and what their
 * values may be. Nothing that would change what viewers see on AWS is accepted without effect.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html">
 *     DistributionConfig</a>
 */
final class DistributionShape {
  private static final Set<String> CONFIG =
      Set.of(
          "CallerReference",
          "Aliases",
          "DefaultRootObject",
          "Origins",
          "OriginGroups",
          "DefaultCacheBehavior",
          "CacheBehaviors",
          "CustomErrorResponses",
          "Comment",
          "Logging",
          "PriceClass",
          "Enabled",
          "ViewerCertificate",
          "Restrictions",
          "WebACLId",
          "HttpVersion",
          "IsIPV6Enabled",
          "ContinuousDeploymentPolicyId",
          "Staging",
          "AnycastIpListId",
          "TenantConfig",
          "ConnectionMode",
          "ViewerMtlsConfig",
          "ConnectionFunctionAssociation");

  private static final Set<String> ORIGIN =
      Set.of(
          "Id",
          "DomainName",
          "OriginPath",
          "CustomHeaders",
          "S3OriginConfig",
          "CustomOriginConfig",
          "VpcOriginConfig",
          "ConnectionAttempts",
          "ConnectionTimeout",
          "ResponseCompletionTimeout",
          "OriginShield",
          "OriginAccessControlId");

  private static final Set<String> BEHAVIOR =
      Set.of(
          "PathPattern",
          "TargetOriginId",
          "TrustedSigners",
          "TrustedKeyGroups",
          "ViewerProtocolPolicy",
          "AllowedMethods",
          "CachedMethods",
          "SmoothStreaming",
          "Compress",
          "LambdaFunctionAssociations",
          "FunctionAssociations",
          "FieldLevelEncryptionId",
          "RealtimeLogConfigArn",
          "CachePolicyId",
          "OriginRequestPolicyId",
          "ResponseHeadersPolicyId",
          "GrpcConfig",
          "ForwardedValues",
          "MinTTL",
          "DefaultTTL",
          "MaxTTL");

  /** What is refused as soon as it says something, and how an error calls it. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("Aliases", "An alternate domain name (Aliases)"),
          Map.entry("OriginGroups", "An origin group (OriginGroups)"),
          Map.entry("Logging", "Access logging (Logging)"),
          Map.entry("WebACLId", "A web ACL (WebACLId)"),
          Map.entry("ContinuousDeploymentPolicyId", "Continuous deployment"),
          Map.entry("Staging", "A staging distribution (Staging)"),
          Map.entry("AnycastIpListId", "AnycastIpListId"),
          Map.entry("TenantConfig", "TenantConfig"),
          Map.entry("ViewerMtlsConfig", "ViewerMtlsConfig"),
          Map.entry("ConnectionFunctionAssociation", "ConnectionFunctionAssociation"),
          Map.entry("VpcOriginConfig", "A VPC origin (VpcOriginConfig)"),
          Map.entry("OriginShield", "OriginShield"),
          Map.entry("TrustedSigners", "Signed URLs (TrustedSigners)"),
          Map.entry("TrustedKeyGroups", "Signed URLs (TrustedKeyGroups)"),
          Map.entry("SmoothStreaming", "SmoothStreaming"),
          Map.entry("LambdaFunctionAssociations", "Lambda@Edge (LambdaFunctionAssociations)"),
          Map.entry("FunctionAssociations", "A CloudFront function (FunctionAssociations)"),
          Map.entry("FieldLevelEncryptionId", "FieldLevelEncryptionId"),
          Map.entry("RealtimeLogConfigArn", "RealtimeLogConfigArn"),
          Map.entry("GrpcConfig", "gRPC (GrpcConfig)"));

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "PriceClass", List.of("PriceClass_100", "PriceClass_200", "PriceClass_All", "None"),
          "HttpVersion", List.of("http1.1", "http2", "http3", "http2and3"),
          "Enabled", List.of("true", "false"),
          "IsIPV6Enabled", List.of("true", "false"),
          "Compress", List.of("true", "false"));

  private DistributionShape() {}

  static void check(XmlElement config) {
    check(config, CONFIG);
    DistributionConfig.items(config, "Origins", "Origin").forEach(each -> check(each, ORIGIN));
    Stream.concat(
            config.child("DefaultCacheBehavior").stream(),
            DistributionConfig.items(config, "CacheBehaviors", "CacheBehavior").stream())
        .forEach(each -> check(each, BEHAVIOR));
  }

  private static void check(XmlElement parent, Set<String> known) {
    for (XmlElement child : parent.children()) {
      String name = child.name();
      if (!known.contains(name)) {
        throw CloudFrontErrors.unknownElement(parent.name(), name);
      }
      if (REFUSED.containsKey(name) && saysSomething(child)) {
        throw DistributionCheck.notEmulated(REFUSED.get(name));
      }
      List<String> values = VALUES.get(name);
      if (values != null && !values.contains(child.text().strip())) {
        throw CloudFrontErrors.invalidArgument(
            "The parameter " + name + " must be one of " + values + ".");
      }
    }
  }

  /** Clients send empty lists, empty texts and "false" for what is not wanted. */
  private static boolean saysSomething(XmlElement element) {
    Optional<XmlElement> enabled = element.child("Enabled");
    if (enabled.isPresent()) {
      return enabled.get().text().strip().equals("true");
    }
    if (element.child("Quantity").isPresent()) {
      return element.child("Items").filter(items -> !items.children().isEmpty()).isPresent();
    }
    return !element.children().isEmpty()
        || !(element.text().isBlank() || element.text().strip().equals("false"));
  }
}
