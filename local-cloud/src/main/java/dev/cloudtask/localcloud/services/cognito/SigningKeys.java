package dev.cloudtask.localcloud.services.cognito;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.cloudtask.localcloud.environment.Ids;
import dev.cloudtask.localcloud.services.cognito.CognitoStore.KeyPair;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The RSA keys that pools sign with: two each, made when a pool first needs them.
 *
 * <p>Making one takes a tenth of a second or so; a thread in the background keeps a pool's worth in
 * reserve, so that nobody waits.
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

  private static final int BITS = 2048;
  private static final int IN_RESERVE = 2;
  private static final int REFILL_AFTER_SECONDS = 20;

  private final CognitoStore store;
  private final Ids ids;
  private final Queue<RSAKey> reserve = new ConcurrentLinkedQueue<>();
  private final Map<String, Pair> known = new ConcurrentHashMap<>();
  private @Nullable ScheduledExecutorService maker;

  SigningKeys(CognitoStore store, Ids ids) {
    this.store = store;
    this.ids = ids;
  }

  /**
   * Begins to fill the reserve: at once if a pool may be made any moment, later if there are pools
   * already, since a start has better things to do.
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
    Future<?> unused =
        executor.schedule(
            this::fill, store.pools().isEmpty() ? 0 : REFILL_AFTER_SECONDS, TimeUnit.SECONDS);
  }

  private void fill() {
    while (reserve.size() < IN_RESERVE && !Thread.currentThread().isInterrupted()) {
      reserve.add(generate());
    }
  }

  private synchronized void refillLater() {
    ScheduledExecutorService executor = maker;
    if (executor != null && !executor.isShutdown()) {
      Future<?> unused = executor.schedule(this::fill, REFILL_AFTER_SECONDS, TimeUnit.SECONDS);
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
    RSAKey ready = reserve.poll();
    refillLater();
    return ready == null ? generate() : ready;
  }

  private RSAKey generate() {
    try {
      return new RSAKeyGenerator(BITS)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(ids.base64(32))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every Java makes RSA keys", e);
    }
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
