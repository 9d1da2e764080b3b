package dev.cloudtask.localcloud.services.cloudfront;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.protocol.restxml.XmlElement;
import dev.cloudtask.localcloud.protocol.restxml.XmlWriter;
import java.util.Map;

/**
 * Turns a template's JSON into the API's XML: lists become {@code Quantity} and {@code Items} with
 * the member names of the API, and what differs in shape is put into the API's.
 */
final class TemplateXml {
  /** The API's name for the members of a list. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("Origins", "Origin"),
          Map.entry("CacheBehaviors", "CacheBehavior"),
          Map.entry("CustomErrorResponses", "CustomErrorResponse"),
          Map.entry("Aliases", "CNAME"),
          Map.entry("OriginCustomHeaders", "OriginCustomHeader"),
          Map.entry("AllowedMethods", "Method"),
          Map.entry("CachedMethods", "Method"),
          Map.entry("Headers", "Name"),
          Map.entry("Cookies", "Name"),
          Map.entry("QueryStrings", "Name"),
          Map.entry("QueryStringCacheKeys", "Name"),
          Map.entry("WhitelistedNames", "Name"),
          Map.entry("AccessControlAllowMethods", "Method"),
          Map.entry("AccessControlAllowHeaders", "Header"),
          Map.entry("AccessControlAllowOrigins", "Origin"),
          Map.entry("AccessControlExposeHeaders", "Header"),
          Map.entry("LambdaFunctionAssociations", "LambdaFunctionAssociation"),
          Map.entry("FunctionAssociations", "FunctionAssociation"),
          Map.entry("TrustedKeyGroups", "KeyGroup"));

  private TemplateXml() {}

  /** Returns a configuration as the API's document. */
  static XmlElement document(String root, JsonObject json) {
    XmlWriter xml = Xml.document(root);
    members(xml, json);
    return Policies.parsed(xml.toString());
  }

  private static void members(XmlWriter xml, JsonObject json) {
    json.entrySet().forEach(entry -> member(xml, json, entry.getKey(), entry.getValue()));
  }

  private static void member(XmlWriter xml, JsonObject parent, String name, JsonElement value) {
    if (name.equals("CachedMethods") && parent.has("AllowedMethods")) {
      return; // inside AllowedMethods in the API
    }
    if (name.equals("IPV6Enabled")) {
      xml.element("IsIPV6Enabled", value.getAsString());
    } else if (name.equals("OriginSSLProtocols")) {
      list(xml, "OriginSslProtocols", "SslProtocol", value.getAsJsonArray());
    } else if (name.equals("OriginCustomHeaders")) {
      list(xml, "CustomHeaders", "OriginCustomHeader", value.getAsJsonArray());
    } else if (name.equals("AllowedMethods") || name.equals("CachedMethods")) {
      methods(xml, parent);
    } else if (name.equals("CustomHeadersConfig") || name.equals("RemoveHeadersConfig")) {
      String member =
          name.equals("CustomHeadersConfig")
              ? "ResponseHeadersPolicyCustomHeader"
              : "ResponseHeadersPolicyRemoveHeader";
      list(xml, name, member, value.getAsJsonObject().getAsJsonArray("Items"));
    } else if (value.isJsonArray()) {
      list(xml, name, MEMBERS.getOrDefault(name, "Item"), value.getAsJsonArray());
    } else if (value.isJsonObject()
        && value.getAsJsonObject().has("Items")
        && value.getAsJsonObject().get("Items").isJsonArray()) {
      list(
          xml,
          name,
          MEMBERS.getOrDefault(name, "Item"),
          value.getAsJsonObject().getAsJsonArray("Items"));
    } else if (value.isJsonObject()) {
      xml.open(name);
      members(xml, value.getAsJsonObject());
      xml.close();
    } else if (value.isJsonPrimitive()) {
      xml.element(name, value.getAsString());
    }
  }

  private static void methods(XmlWriter xml, JsonObject behavior) {
    JsonArray standard = new JsonArray();
    standard.add("GET");
    standard.add("HEAD");
    JsonArray allowed =
        behavior.has("AllowedMethods") ? behavior.getAsJsonArray("AllowedMethods") : standard;
    JsonArray cached =
        behavior.has("CachedMethods") ? behavior.getAsJsonArray("CachedMethods") : standard;
    xml.open("AllowedMethods").element("Quantity", allowed.size()).open("Items");
    allowed.forEach(method -> xml.element("Method", method.getAsString()));
    xml.close();
    list(xml, "CachedMethods", "Method", cached);
    xml.close();
  }

  private static void list(XmlWriter xml, String name, String member, JsonArray items) {
    xml.open(name).element("Quantity", items.size());
    if (!items.isEmpty()) {
      xml.open("Items");
      for (JsonElement item : items) {
        if (item.isJsonObject()) {
          xml.open(member);
          members(xml, item.getAsJsonObject());
          xml.close();
        } else {
          xml.element(member, item.getAsString());
        }
      }
      xml.close();
    }
    xml.close();
  }
}
