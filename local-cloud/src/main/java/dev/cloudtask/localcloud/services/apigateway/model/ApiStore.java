package dev.cloudtask.localcloud.services.apigateway.model;

import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Keeps APIs, deployments, stages and the account's settings. */
public final class ApiStore {
  private static final String ACCOUNT = "account";

  private final StateStore store;
  private final StateMap<String, Api> apis;
  private final StateMap<String, Deployment> deployments;
  private final StateMap<String, Stage> stages;
  private final StateMap<String, Account> account;

  /** Opens the maps of this service. */
  public ApiStore(StateStore store) {
    this.store = store;
    apis = store.map("apigateway.apis", Codec.json(Api.class));
    deployments = store.map("apigateway.deployments", Codec.json(Deployment.class));
    stages = store.map("apigateway.stages", Codec.json(Stage.class));
    account = store.map("apigateway.account", Codec.json(Account.class));
  }

  /** Runs a change alone and durably. */
  public <T> T write(Supplier<T> change) {
    return store.write(change);
  }

  /** Runs a change alone and durably, without a result. */
  public void write(Runnable change) {
    store.write(change);
  }

  /** Finds an API. */
  public Optional<Api> api(String apiId) {
    return apis.get(apiId);
  }

  /** Returns all APIs by id. */
  public List<Api> apis() {
    return apis.values();
  }

  /** Keeps an API. */
  public void put(Api api) {
    store.write(() -> apis.put(api.id(), api));
  }

  /** Changes an API that is there. */
  public Api change(String apiId, UnaryOperator<Api> change) {
    return store.write(
        () -> {
          Api changed = change.apply(apis.get(apiId).orElseThrow());
          apis.put(apiId, changed);
          return changed;
        });
  }

  /** Removes an API with everything it has. */
  public void removeApi(String apiId) {
    store.write(
        () -> {
          apis.remove(apiId);
          keys(deployments, apiId).forEach(deployments::remove);
          keys(stages, apiId).forEach(stages::remove);
        });
  }

  /** Finds a deployment. */
  public Optional<Deployment> deployment(String apiId, String deploymentId) {
    return deployments.get(apiId + "/" + deploymentId);
  }

  /** Returns the deployments of an API. */
  public List<Deployment> deployments(String apiId) {
    return of(deployments, apiId);
  }

  /** Keeps a deployment. */
  public void put(Deployment deployment) {
    store.write(() -> deployments.put(deployment.restApiId() + "/" + deployment.id(), deployment));
  }

  /** Removes a deployment. */
  public void removeDeployment(String apiId, String deploymentId) {
    store.write(() -> deployments.remove(apiId + "/" + deploymentId));
  }

  /** Finds a stage. */
  public Optional<Stage> stage(String apiId, String stageName) {
    return stages.get(apiId + "/" + stageName);
  }

  /** Returns the stages of an API. */
  public List<Stage> stages(String apiId) {
    return of(stages, apiId);
  }

  /** Keeps a stage. */
  public void put(String apiId, Stage stage) {
    store.write(() -> stages.put(apiId + "/" + stage.stageName(), stage));
  }

  /** Removes a stage. */
  public void removeStage(String apiId, String stageName) {
    store.write(() -> stages.remove(apiId + "/" + stageName));
  }

  /** Returns the account's settings. */
  public Account account() {
    return account.get(ACCOUNT).orElse(Account.UNSET);
  }

  /** Keeps the account's settings. */
  public void put(Account settings) {
    store.write(() -> account.put(ACCOUNT, settings));
  }

  private static <V> List<V> of(StateMap<String, V> map, String apiId) {
    return map.ascending(apiId + "/", apiId + "0", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  private static List<String> keys(StateMap<String, ?> map, String apiId) {
    return map.ascending(apiId + "/", apiId + "0", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getKey)
        .toList();
  }
}
