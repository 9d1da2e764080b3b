package dev.cloudtask.localcloud.services.apigateway.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole API in one value. Every change gives a new one; a deployment keeps one for ever.
 *
 * @param resources by id
 * @param authorizers by id
 * @param models by name
 * @param validators by id
 * @param gatewayResponses those that were customised, by type
 */
public record Api(
    RestApi restApi,
    Map<String, Resource> resources,
    Map<String, Authorizer> authorizers,
    Map<String, Model> models,
    Map<String, RequestValidator> validators,
    Map<String, GatewayResponse> gatewayResponses) {

  /** Returns the id. */
  public String id() {
    return restApi.id();
  }

  /** Finds a resource. */
  public Optional<Resource> resource(String resourceId) {
    return Optional.ofNullable(resources.get(resourceId));
  }

  /** Returns all resources in the order of their paths. */
  public List<Resource> resourcesByPath() {
    return resources.values().stream().sorted(Comparator.comparing(Resource::path)).toList();
  }

  /** Returns the direct children of a resource. */
  public List<Resource> children(String resourceId) {
    return resources.values().stream().filter(r -> resourceId.equals(r.parentId())).toList();
  }

  /** Returns this API with other settings. */
  public Api with(RestApi changed) {
    return new Api(changed, resources, authorizers, models, validators, gatewayResponses);
  }

  /** Returns this API with a resource added or changed. */
  public Api with(Resource changed) {
    return withResources(put(resources, changed.id(), changed));
  }

  /** Returns this API with these resources. */
  public Api withResources(Map<String, Resource> changed) {
    return new Api(restApi, changed, authorizers, models, validators, gatewayResponses);
  }

  /** Returns this API with an authorizer added or changed. */
  public Api with(Authorizer changed) {
    return withAuthorizers(put(authorizers, changed.id(), changed));
  }

  /** Returns this API without an authorizer. */
  public Api withoutAuthorizer(String authorizerId) {
    return withAuthorizers(remove(authorizers, authorizerId));
  }

  private Api withAuthorizers(Map<String, Authorizer> changed) {
    return new Api(restApi, resources, changed, models, validators, gatewayResponses);
  }

  /** Returns this API with a model added or changed. */
  public Api with(Model changed) {
    return withModels(put(models, changed.name(), changed));
  }

  /** Returns this API without a model. */
  public Api withoutModel(String name) {
    return withModels(remove(models, name));
  }

  private Api withModels(Map<String, Model> changed) {
    return new Api(restApi, resources, authorizers, changed, validators, gatewayResponses);
  }

  /** Returns this API with a validator added or changed. */
  public Api with(RequestValidator changed) {
    return withValidators(put(validators, changed.id(), changed));
  }

  /** Returns this API without a validator. */
  public Api withoutValidator(String validatorId) {
    return withValidators(remove(validators, validatorId));
  }

  private Api withValidators(Map<String, RequestValidator> changed) {
    return new Api(restApi, resources, authorizers, models, changed, gatewayResponses);
  }

  /** Returns this API with a gateway response customised. */
  public Api with(GatewayResponse changed) {
    return withGatewayResponses(put(gatewayResponses, changed.responseType(), changed));
  }

  /** Returns this API with a gateway response back to its default. */
  public Api withoutGatewayResponse(String responseType) {
    return withGatewayResponses(remove(gatewayResponses, responseType));
  }

  private Api withGatewayResponses(Map<String, GatewayResponse> changed) {
    return new Api(restApi, resources, authorizers, models, validators, changed);
  }

  private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
    Map<String, V> changed = new LinkedHashMap<>(map);
    changed.put(key, value);
    return changed;
  }

  private static <V> Map<String, V> remove(Map<String, V> map, String key) {
    Map<String, V> changed = new LinkedHashMap<>(map);
    changed.remove(key);
    return changed;
  }
}
