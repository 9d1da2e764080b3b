package dev.cloudtask.localcloud.services.iam;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloudtask.localcloud.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Policies that AWS itself manages, as far as this course meets them, with their real documents.
 * Others do not exist here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html">AWS
 *     managed policies</a>
 */
final class AwsManagedPolicies {
  /** What the ARN of every one of them begins with. */
  static final String PREFIX = "arn:aws:iam::aws:policy";

  private static final String RESOURCE = "aws-managed-policies.json";

  private final Map<String, ManagedPolicy> byArn = new TreeMap<>();

  AwsManagedPolicies() {
    try (InputStream in = AwsManagedPolicies.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
      for (JsonElement each : JsonParser.parseReader(text).getAsJsonArray()) {
        ManagedPolicy policy = read(each.getAsJsonObject());
        byArn.put(policy.arn(), policy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<ManagedPolicy> find(String arn) {
    return Optional.ofNullable(byArn.get(arn));
  }

  Collection<ManagedPolicy> all() {
    return byArn.values();
  }

  private static ManagedPolicy read(JsonObject json) {
    String path = json.get("path").getAsString();
    String name = json.get("name").getAsString();
    String arn = PREFIX + path + name;
    String version = json.get("version").getAsString();
    Instant createdAt = Instant.parse(json.get("createDate").getAsString());
    return new ManagedPolicy(
        name,
        path,
        id(arn),
        arn,
        null,
        createdAt,
        createdAt,
        version,
        List.of(new ManagedPolicy.Version(version, json.get("document").toString(), createdAt)),
        Integer.parseInt(version.substring(1)),
        Map.of());
  }

  /** An id that is always the same for a policy; not the one it has on AWS. */
  private static String id(String arn) {
    return "ANPA" + Sha256.hex(arn).substring(0, 17).toUpperCase(Locale.ROOT);
  }
}
