package dev.cloudtask.localcloud.services.apigateway.control;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.services.apigateway.model.Api;
import dev.cloudtask.localcloud.services.apigateway.model.Resource;
import dev.cloudtask.localcloud.services.apigateway.model.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths of an API. */
public final class ResourceOperations {
  private static final Pattern PATH_PART =
      Pattern.compile("[a-zA-Z0-9._\\-:]+|\\{[a-zA-Z0-9._\\-:]+\\+?}");
  private static final List<String> PATCHABLE = List.of("/parentId", "/pathPart");

  private final Apis apis;

  ResourceOperations(Apis apis) {
    this.apis = apis;
  }

  /** Creates a resource below another one. */
  public JsonObject create(String apiId, String parentId, Optional<String> pathPart) {
    return apis.store()
        .write(
            () -> {
              Resource parent = apis.resource(apiId, parentId);
              String part = pathPart.orElse("");
              Resource made =
                  new Resource(
                      apis.environment().ids().lower(6), parentId, part, join(parent, part), null);
              check(apis.api(apiId), parent, made);
              apis.store().change(apiId, api -> api.with(made));
              return show(made, false);
            });
  }

  JsonObject get(Call call) {
    return show(apis.resource(call.apiId(), call.resourceId()), call.embeds("methods"));
  }

  JsonObject list(Call call) {
    boolean withMethods = call.embeds("methods");
    return Pages.cut(
        apis.api(call.apiId()).resourcesByPath().stream()
            .map(resource -> show(resource, withMethods))
            .toList(),
        call.query());
  }

  JsonObject update(Call call) {
    List<Patch> patches = Patch.read(call.body(), "updateResourceInput");
    return apis.store()
        .write(
            () -> {
              for (Patch patch : patches) {
                patch(call.apiId(), call.resourceId(), patch);
              }
              return show(apis.resource(call.apiId(), call.resourceId()), true);
            });
  }

  /** Deletes a resource with everything below it. */
  public void delete(String apiId, String resourceId) {
    apis.store()
        .write(
            () -> {
              Resource resource = apis.resource(apiId, resourceId);
              if (resource.parentId() == null) {
                throw ApiGatewayErrors.badRequest("Root resource cannot be deleted");
              }
              apis.store()
                  .change(
                      apiId,
                      api -> {
                        Map<String, Resource> left = new LinkedHashMap<>(api.resources());
                        left.values().removeIf(r -> isWithin(api, r, resourceId));
                        return api.withResources(left);
                      });
            });
  }

  private void patch(String apiId, String resourceId, Patch patch) {
    Api api = apis.store().api(apiId).orElseThrow(ApiGatewayErrors::noResource);
    Resource resource = apis.resource(apiId, resourceId);
    if (!patch.replaces() || !PATCHABLE.contains(patch.path())) {
      throw ApiGatewayErrors.patchPathFor(patch.path(), patch.op(), PATCHABLE);
    }
    boolean moves = patch.path().equals("/parentId");
    if (resource.parentId() == null) {
      throw ApiGatewayErrors.badRequest(
          "Root resource cannot update its " + (moves ? "parentId." : "pathPart."));
    }
    String value = patch.value().orElse("");
    String parentId = moves ? value : resource.parentId();
    String part = moves ? String.valueOf(resource.pathPart()) : value;
    Resource parent = api.resource(parentId).orElseThrow(ApiGatewayErrors::noResource);
    if (isWithin(api, parent, resourceId)) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.CYCLE);
    }
    Resource changed =
        new Resource(resourceId, parentId, part, join(parent, part), resource.resourceMethods());
    check(api, parent, changed);
    apis.store().change(apiId, before -> repathed(before.with(changed), changed));
  }

  private static Api repathed(Api api, Resource parent) {
    Api changed = api;
    for (Resource child : api.children(parent.id())) {
      Resource moved =
          new Resource(
              child.id(),
              child.parentId(),
              child.pathPart(),
              join(parent, String.valueOf(child.pathPart())),
              child.resourceMethods());
      changed = repathed(changed.with(moved), moved);
    }
    return changed;
  }

  private static void check(Api api, Resource parent, Resource made) {
    String part = String.valueOf(made.pathPart());
    if (!PATH_PART.matcher(part).matches()) {
      throw ApiGatewayErrors.badRequest(ApiGatewayErrors.PATH_PART);
    }
    if (parent.isGreedy()) {
      throw ApiGatewayErrors.badRequest(
          "Cannot create a child of a resource with a greedy path variable: " + parent.pathPart());
    }
    for (Resource sibling : api.children(parent.id())) {
      if (sibling.id().equals(made.id())) {
        continue;
      }
      if (part.equals(sibling.pathPart())) {
        throw ApiGatewayErrors.conflict(
            "Another resource with the same parent already has this name: " + part);
      }
      if (made.isVariable() && sibling.isVariable()) {
        throw ApiGatewayErrors.badRequest(
            "A sibling (%s) of this resource already has a variable path part -- only one is allowed"
                .formatted(sibling.pathPart()));
      }
    }
  }

  private static boolean isWithin(Api api, Resource resource, String ancestorId) {
    for (Resource at = resource; at != null; ) {
      if (at.id().equals(ancestorId)) {
        return true;
      }
      String parentId = at.parentId();
      at = parentId == null ? null : api.resources().get(parentId);
    }
    return false;
  }

  private static String join(Resource parent, String part) {
    return (parent.path().equals("/") ? "" : parent.path()) + "/" + part;
  }

  private static JsonObject show(Resource resource, boolean withMethods) {
    JsonObject json = Wire.json(resource);
    if (!withMethods && json.get("resourceMethods") instanceof JsonObject methods) {
      methods.keySet().forEach(name -> methods.add(name, new JsonObject()));
    }
    return json;
  }
}
