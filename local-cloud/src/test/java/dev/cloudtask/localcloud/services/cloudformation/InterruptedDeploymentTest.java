package dev.cloudtask.localcloud.services.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceProvider;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceRequest;
import dev.cloudtask.localcloud.cloudformation.resource.ResourceState;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.stack.StackEngine;
import dev.cloudtask.localcloud.cloudformation.stack.StackRequest;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.store.Codec;
import dev.cloudtask.localcloud.store.MvStateStore;
import dev.cloudtask.localcloud.store.StateMap;
import dev.cloudtask.localcloud.store.StateStore;
import dev.cloudtask.localcloud.trace.Tracer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process dies in the middle of a deployment: the state file is copied while a resource is
 * being made, and another engine starts on the copy, as after a kill -9.
 */
class InterruptedDeploymentTest {
  private static final String TEMPLATE =
      """
      Resources:
        A: {Type: "Test::Engine::Thing", Properties: {Value: VALUE}}
        B: {Type: "Test::Engine::Thing", DependsOn: A, Properties: {Value: VALUE}}
        C: {Type: "Test::Engine::Thing", DependsOn: B, Properties: {Value: VALUE}}
      """;

  @TempDir Path folder;

  /** A type of the test's own, kept in the same store as a service keeps its things. */
  private static final class Things implements ResourceProvider {
    private final StateMap<String, String> map;
    private final AtomicInteger calls = new AtomicInteger();
    private final int stopAt;
    private final Runnable atThatMoment;

    Things(StateStore store, int stopAt, Runnable atThatMoment) {
      this.map = store.map("things", Codec.TEXT);
      this.stopAt = stopAt;
      this.atThatMoment = atThatMoment;
    }

    @Override
    public String type() {
      return "Test::Engine::Thing";
    }

    private void step() {
      if (calls.incrementAndGet() == stopAt) {
        atThatMoment.run();
      }
    }

    @Override
    public ResourceState create(ResourceRequest request) {
      map.put(request.generatedName(), request.properties().get("Value").getAsString());
      step();
      return ResourceState.of(request.generatedName(), new JsonObject());
    }

    @Override
    public ResourceState update(
        ResourceRequest request, ResourceState current, JsonObject previous) {
      map.put(current.physicalId(), request.properties().get("Value").getAsString());
      step();
      return current;
    }

    @Override
    public void delete(ResourceRequest request, ResourceState current) {
      map.remove(current.physicalId());
      step();
    }
  }

  private static StackEngine engine(StateStore store, ResourceProvider provider) {
    StackEngine engine =
        new StackEngine(
            new CloudEnvironment(
                "000000000000",
                "us-east-1",
                Clock.systemUTC(),
                new Ids(new Random(7)),
                store,
                new Tracer()),
            new ResourceTypes(List.of()));
    engine.register(provider);
    return engine;
  }

  private static StackRequest request(String value) {
    return new StackRequest(
        "s",
        TEMPLATE.replace("VALUE", value),
        "",
        Map.of(),
        Map.of(),
        List.of(),
        "ROLLBACK",
        false,
        null,
        new Caller.Root("000000000000"));
  }

  private void copyState() {
    try {
      Files.copy(
          folder.resolve("state.db"),
          folder.resolve("copy.db"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> afterRestart(String expectedStatus) {
    try (StateStore store = MvStateStore.open(folder.resolve("copy.db"));
        StackEngine engine = engine(store, new Things(store, 0, () -> {}))) {
      engine.recover();
      assertThat(engine.store().find("s").map(stack -> stack.status()).orElse("DELETE_COMPLETE"))
          .isEqualTo(expectedStatus);
      return store.map("things", Codec.TEXT).values();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void create_interrupted_isRolledBackWhole(int step) {
    try (StateStore store = MvStateStore.open(folder.resolve("state.db"));
        StackEngine engine = engine(store, new Things(store, step, this::copyState))) {
      assertThat(engine.create(request("one")).done().join()).isEmpty();
    }

    assertThat(afterRestart("ROLLBACK_COMPLETE")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void update_interrupted_isRolledBackWhole(int step) {
    try (StateStore store = MvStateStore.open(folder.resolve("state.db"));
        StackEngine engine = engine(store, new Things(store, step, this::copyState))) {
      assertThat(engine.create(request("one")).done().join()).isEmpty();
      assertThat(engine.update(request("two")).done().join()).isEmpty();
      assertThat(store.map("things", Codec.TEXT).values()).containsOnly("two");
    }

    assertThat(afterRestart("UPDATE_ROLLBACK_COMPLETE")).containsExactly("one", "one", "one");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void delete_interrupted_isFinished(int step) {
    try (StateStore store = MvStateStore.open(folder.resolve("state.db"));
        StackEngine engine = engine(store, new Things(store, step, this::copyState))) {
      assertThat(engine.create(request("one")).done().join()).isEmpty();
      assertThat(
              engine
                  .delete("s", java.util.Set.of(), null, new Caller.Root("000000000000"))
                  .orElseThrow()
                  .done()
                  .join())
          .isEmpty();
    }

    assertThat(afterRestart("DELETE_COMPLETE")).isEmpty();
  }
}
