package dev.cloudtask.localcloud.services.cognito;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.services.cognito.CognitoStore.KeyPair;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The RSA keys that pools sign with: two each, taken when a pool first needs them from a stock that
 * a thread in the background looks after ({@link KeyStock}), so that nobody waits.
 */
final class SigningKeys implements AutoCloseable {
  /** The keys of one pool. */
  record Pair(RSAKey idToken, RSAKey accessToken) {
    /** Returns the key of this id. */
    Optional<RSAKey> find(String keyId) {
      return List.of(idToken, accessToken).stream()
          .filter(key -> key.getKeyID().equals(keyId))
          .findFirst();
    }
  }

  private static final int OF_A_POOL = 2;
  private static final int IN_STOCK = 4 * OF_A_POOL;
  private static final int REFILL_AFTER_SECONDS = 20;

  private final CognitoStore store;
  private final Ids ids;
  private final KeyStock stock;
  private final Map<String, Pair> known = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService maker;

  SigningKeys(CognitoStore store, Ids ids, KeyStock stock) {
    this.store = store;
    this.ids = ids;
    this.stock = stock;
  }

  /**
   * Begins to look after the stock: at once if a pool may be made any moment and there are no keys
   * for it, else later, since a start has better things to do.
   */
  synchronized void started() {
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "cognito-keys");
              thread.setDaemon(true);
              return thread;
            });
    maker = executor;
    if (store.pools().isEmpty()) {
      executor.execute(() -> fill(OF_A_POOL));
    }
    refillLater();
  }

  private void fill(int wanted) {
    while (stock.size() < wanted && !Thread.currentThread().isInterrupted()) {
      stock.add();
    }
  }

  private synchronized void refillLater() {
    ScheduledExecutorService executor = maker;
    if (executor != null && !executor.isShutdown()) {
      Future<?> unused =
          executor.schedule(() -> fill(IN_STOCK), REFILL_AFTER_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Returns a pool's keys, which are made now if it has none yet. */
  Pair of(String poolId) {
    Optional<Pair> there = find(poolId);
    if (there.isPresent()) {
      return there.get();
    }
    RSAKey first = take();
    RSAKey second = take();
    store.write(
        () -> {
          if (store.keys(poolId).isEmpty()) {
            store.putKeys(poolId, new KeyPair(first.toJSONString(), second.toJSONString()));
          }
        });
    return find(poolId).orElseThrow();
  }

  /** Returns a pool's keys if it has any: none means that it never signed a token. */
  Optional<Pair> find(String poolId) {
    Optional<KeyPair> kept = store.keys(poolId);
    if (kept.isEmpty()) {
      known.remove(poolId);
      return Optional.empty();
    }
    return Optional.of(known.computeIfAbsent(poolId, id -> parse(kept.get())));
  }

  /** Returns the public keys as the JWKS shows them. */
  String published(String poolId) {
    Pair pair = of(poolId);
    return new JWKSet(List.of(pair.idToken(), pair.accessToken())).toPublicJWKSet().toString();
  }

  private RSAKey take() {
    RSAKey key = stock.take().orElseGet(KeyStock::make);
    refillLater();
    return new RSAKey.Builder(key).keyID(ids.base64(32)).build();
  }

  private static Pair parse(KeyPair kept) {
    try {
      return new Pair(RSAKey.parse(kept.idToken()), RSAKey.parse(kept.accessToken()));
    } catch (ParseException e) {
      throw new IllegalStateException("a key in the state is damaged", e);
    }
  }

  @Override
  public synchronized void close() {
    ScheduledExecutorService executor = maker;
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
