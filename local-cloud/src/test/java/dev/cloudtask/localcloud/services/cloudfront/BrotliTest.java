package dev.cloudtask.localcloud.services.cloudfront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudtask.localcloud.LocalCloud;
import dev.cloudtask.localcloud.TestCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrotliTest {
  @Test
  void cachePolicyThatAsksForBrotli_isToldThatItHasNoEffectHere(@TempDir Path folder)
      throws Exception {
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            """
            Resources:
              Policy:
                Type: AWS::CloudFront::CachePolicy
                Properties:
                  CachePolicyConfig:
                    Name: small
                    MinTTL: 0
                    DefaultTTL: 60
                    MaxTTL: 60
                    ParametersInCacheKeyAndForwardedToOrigin:
                      EnableAcceptEncodingGzip: true
                      EnableAcceptEncodingBrotli: true
                      HeadersConfig: {HeaderBehavior: none}
                      CookiesConfig: {CookieBehavior: none}
                      QueryStringsConfig: {QueryStringBehavior: none}
            """);
    try (TestCloud cloud = TestCloud.start()) {
      LocalCloud.DeployedStack stack = cloud.cloud().deploy(template, "small");

      assertThat(stack.withoutEffect())
          .isEqualTo(
              Map.of(
                  "Policy",
                  List.of(
                      "CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin"
                          + ".EnableAcceptEncodingBrotli")));
    }
  }
}
