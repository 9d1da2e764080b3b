package dev.cloudtask.localcloud.project;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page's {@code config.js}, written from the outputs of its stack. */
final class ConfigScript {
  private ConfigScript() {}

  /**
   * Returns the file.
   *
   * @param cognitoEndpoint where Cognito is, since it is not where AWS has it
   */
  static WebsiteFile of(Map<String, String> outputs, String region, String cognitoEndpoint) {
    JsonObject config = new JsonObject();
    config.addProperty("region", region);
    config.addProperty("userPoolId", outputs.getOrDefault("UserPoolId", ""));
    config.addProperty("userPoolWebClientId", outputs.getOrDefault("UserPoolClientId", ""));
    config.addProperty("apiEndpoint", outputs.getOrDefault("ApiUrl", ""));
    config.addProperty("cognitoEndpoint", cognitoEndpoint);
    String script =
        "// Written by the deployment from the stack's outputs.\nwindow.AWS_CONFIG = "
            + new GsonBuilder().setPrettyPrinting().create().toJson(config)
            + ";\n";
    return WebsiteFile.of(WebsiteFile.CONFIG, script.getBytes(StandardCharsets.UTF_8));
  }
}
