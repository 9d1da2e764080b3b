package dev.cloudtask.localcloud.services.lambda;

import com.google.gson.JsonObject;
import dev.cloudtask.localcloud.environment.CloudEnvironment;
import dev.cloudtask.localcloud.iam.Caller;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.ports.RoleSessions;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.NotEmulated;
import dev.cloudtask.localcloud.protocol.restjson.JsonBody;
import dev.cloudtask.localcloud.services.lambda.execution.ExecutionEnvironments;
import dev.cloudtask.localcloud.services.lambda.execution.FunctionSpec;
import dev.cloudtask.localcloud.services.lambda.execution.JavaRuntime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The life of functions: created, changed, published, deleted. The API and CloudFormation's
 * resources both come here.
 *
 * <p>As on AWS a new or changed function is not ready at once: its package is laid out and a JVM
 * booted in the background, and until then its state says so.
 */
final class Functions implements AutoCloseable {
  private static final String SERVICE = "lambda.amazonaws.com";
  private static final int MAX_DIRECT_ZIP = 50 * 1024 * 1024;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  private final CloudEnvironment cloud;
  private final FunctionStore store;
  private final CodeStore code;
  private final ObjectReader objects;
  private final RoleSessions roles;
  private final ExecutionEnvironments environments;
  private final ExecutorService deployer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "deploy functions");
            thread.setDaemon(true);
            return thread;
          });

  Functions(
      CloudEnvironment cloud,
      FunctionStore store,
      CodeStore code,
      ObjectReader objects,
      RoleSessions roles,
      ExecutionEnvironments environments) {
    this.cloud = cloud;
    this.store = store;
    this.code = code;
    this.objects = objects;
    this.roles = roles;
    this.environments = environments;
  }

  FunctionStore store() {
    return store;
  }

  String now() {
    return TIME.format(cloud.clock().instant());
  }

  /** Finishes what an earlier process had begun, and boots JVMs for the functions there are. */
  void resume() {
    store.functions().forEach(entry -> deploy(entry.latest(), !entry.latest().status().isReady()));
  }

  /** Creates a function from the members of CreateFunction. */
  FunctionVersion create(Caller caller, JsonBody body) {
    FunctionRef function =
        FunctionRef.parse(body.text("FunctionName").orElse(""), Optional.empty(), cloud);
    FunctionSettings settings = SettingsReader.create(body);
    byte[] zip =
        zip(
            caller,
            body.structure("Code").orElseGet(() -> JsonBody.of(new JsonObject())),
            "CreateFunction");
    FunctionCode checked = code.check(zip);
    requireAssumable(settings);
    Map<String, String> tags = body.textMap("Tags").orElse(new LinkedHashMap<>());
    FunctionVersion created =
        new FunctionVersion(
            function.name(),
            FunctionVersion.LATEST,
            settings,
            checked,
            FunctionStatus.CREATING,
            now(),
            cloud.ids().uuid());
    store.write(
        () -> {
          if (store.find(function.name()).isPresent()) {
            throw LambdaErrors.functionExists(function.name());
          }
          code.put(checked, zip);
          store.put(new FunctionEntry(created, tags, FunctionEntry.UNRESERVED, 0));
          return created;
        });
    deploy(created, true);
    return body.bool("Publish").orElse(false) ? publish(function, "") : created;
  }

  private void requireAssumable(FunctionSettings settings) {
    if (!roles.canAssume(settings.role(), SERVICE)) {
      throw LambdaErrors.roleNotAssumable();
    }
  }

  /** Replaces a function's code from the members of UpdateFunctionCode. */
  FunctionVersion updateCode(Caller caller, FunctionRef function, JsonBody body) {
    FunctionEntry entry = store.require(function);
    requireRevision(entry.latest(), body);
    byte[] zip = zip(caller, body, "UpdateFunctionCode");
    FunctionCode checked = code.check(zip);
    FunctionSettings settings =
        body.texts("Architectures").isPresent()
            ? SettingsReader.update(entry.latest().settings(), body)
            : entry.latest().settings();
    if (body.bool("DryRun").orElse(false)) {
      return changed(entry.latest(), settings, checked);
    }
    FunctionVersion updated =
        store.write(
            () -> {
              FunctionEntry current = requireReady(function);
              code.put(checked, zip);
              FunctionVersion latest = changed(current.latest(), settings, checked);
              store.put(current.with(latest));
              code.retain(codeKeys());
              return latest;
            });
    deploy(updated, true);
    return body.bool("Publish").orElse(false) ? publish(function, "") : updated;
  }

  /** Changes a function's settings from the members of UpdateFunctionConfiguration. */
  FunctionVersion updateSettings(FunctionRef function, JsonBody body) {
    FunctionEntry entry = store.require(function);
    requireRevision(entry.latest(), body);
    FunctionSettings settings = SettingsReader.update(entry.latest().settings(), body);
    if (body.has("Role")) {
      requireAssumable(settings);
    }
    FunctionVersion updated =
        store.write(
            () -> {
              FunctionEntry current = requireReady(function);
              FunctionVersion latest = changed(current.latest(), settings, current.latest().code());
              store.put(current.with(latest));
              return latest;
            });
    deploy(updated, true);
    return updated;
  }

  private FunctionVersion changed(
      FunctionVersion from, FunctionSettings settings, FunctionCode newCode) {
    return new FunctionVersion(
        from.name(),
        from.version(),
        settings,
        newCode,
        FunctionStatus.UPDATING,
        now(),
        cloud.ids().uuid());
  }

  private FunctionEntry requireReady(FunctionRef function) {
    FunctionEntry entry = store.require(function);
    if (!entry.latest().status().isReady()) {
      throw LambdaErrors.updateInProgress(function.arn(cloud));
    }
    return entry;
  }

  static void requireRevision(FunctionVersion latest, JsonBody body) {
    if (body.text("RevisionId").filter(id -> !id.equals(latest.revisionId())).isPresent()) {
      throw LambdaErrors.revisionMismatch();
    }
  }

  private byte[] zip(Caller caller, JsonBody body, String operation) {
    if (body.has("ImageUri")) {
      throw NotEmulated.parameter(
          "lambda", operation, "ImageUri", "Container images do not run here: upload a zip.");
    }
    Optional<String> direct = body.text("ZipFile");
    Optional<String> bucket = body.text("S3Bucket");
    Optional<String> key = body.text("S3Key");
    if (direct.isPresent()) {
      byte[] zip = decode(direct.get());
      if (zip.length > MAX_DIRECT_ZIP) {
        throw LambdaErrors.zipTooLarge(operation);
      }
      return zip;
    }
    if (bucket.isEmpty() || key.isEmpty()) {
      throw LambdaErrors.noCode();
    }
    try {
      return objects.read(caller, bucket.get(), key.get(), body.text("S3ObjectVersion"));
    } catch (AwsException e) {
      throw LambdaErrors.objectUnreadable(e);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw LambdaErrors.notAZip();
    }
  }

  /** Publishes {@code $LATEST}; if nothing has changed since the last version, that one again. */
  FunctionVersion publish(FunctionRef function, String description) {
    return store.write(
        () -> {
          FunctionEntry entry = store.require(function);
          FunctionVersion latest = entry.latest();
          Optional<FunctionVersion> newest =
              store.versions(function.name()).stream().reduce((older, newer) -> newer);
          if (newest.isPresent()
              && newest.get().code().equals(latest.code())
              && sameBesidesDescription(newest.get().settings(), latest.settings())) {
            return newest.get();
          }
          int number = entry.lastVersion() + 1;
          FunctionVersion version =
              latest.published(String.valueOf(number), description, now(), cloud.ids().uuid());
          store.put(version);
          store.put(
              entry.with(latest.with(latest.status(), cloud.ids().uuid())).withLastVersion(number));
          return version;
        });
  }

  private static boolean sameBesidesDescription(FunctionSettings a, FunctionSettings b) {
    return a.runtime().equals(b.runtime())
        && a.role().equals(b.role())
        && a.handler().equals(b.handler())
        && a.timeout() == b.timeout()
        && a.memorySize() == b.memorySize()
        && a.variables().equals(b.variables())
        && a.architectures().equals(b.architectures())
        && a.ephemeralStorage() == b.ephemeralStorage()
        && a.tracing().equals(b.tracing())
        && a.logGroup().equals(b.logGroup());
  }

  /** Deletes a function, or one version of it. */
  void delete(FunctionRef function) {
    Optional<String> qualifier = function.qualifier();
    if (qualifier.filter(FunctionVersion.LATEST::equals).isPresent()) {
      throw LambdaErrors.invalid(
          "$LATEST version cannot be deleted without deleting the function.");
    }
    store.write(
        () -> {
          store.require(new FunctionRef(function.name(), Optional.empty()));
          if (qualifier.isEmpty()) {
            store.remove(function.name());
          } else {
            deleteVersion(function, qualifier.get());
          }
          code.retain(codeKeys());
        });
    if (qualifier.isEmpty()) {
      inBackground(() -> environments.discard(function.name()));
    }
  }

  private void deleteVersion(FunctionRef function, String number) {
    Optional<Alias> user =
        store.aliases(function.name()).stream()
            .filter(alias -> alias.version().equals(number))
            .findFirst();
    if (user.isPresent()) {
      throw LambdaErrors.conflict(
          "Version cannot be deleted because it is referenced by alias(es): " + user.get().name());
    }
    store.resolve(function).ifPresent(store::removeVersion);
  }

  private Set<String> codeKeys() {
    Set<String> keys = new HashSet<>();
    for (FunctionEntry entry : store.functions()) {
      keys.add(entry.latest().code().key());
      store.versions(entry.latest().name()).forEach(version -> keys.add(version.code().key()));
    }
    return keys;
  }

  /** Returns what is needed to run a version. */
  FunctionSpec spec(FunctionVersion function) {
    FunctionSettings settings = function.settings();
    return new FunctionSpec(
        function.key(),
        function.name(),
        function.version(),
        JavaRuntime.find(settings.runtime())
            .orElseThrow(() -> LambdaErrors.runtimeUnknown(settings.runtime())),
        settings.handler(),
        settings.memorySize(),
        settings.timeout(),
        settings.variables(),
        settings.role(),
        settings.effectiveLogGroup(function.name()),
        code.layout(function.code()));
  }

  private void deploy(FunctionVersion function, boolean settle) {
    inBackground(
        () -> {
          try {
            environments.discard(function.name());
            environments.prepare(spec(function));
          } catch (RuntimeException e) {
            System.getLogger("local-cloud")
                .log(System.Logger.Level.WARNING, "cannot deploy " + function.name(), e);
          }
          if (settle) {
            makeReady(function);
          }
        });
  }

  private void inBackground(Runnable work) {
    try {
      deployer.execute(work);
    } catch (RejectedExecutionException e) {
      // The cloud is closing: the next one goes on here.
    }
  }

  /**
   * Declares a function ready without waiting for the work in the background: CloudFormation, which
   * on AWS waits for it, is here inside of a transaction in which nobody may wait.
   */
  void settleNow(FunctionRef function) {
    makeReady(store.require(function).latest());
  }

  private void makeReady(FunctionVersion function) {
    store.write(
        () ->
            store
                .find(function.name())
                .filter(
                    entry ->
                        !entry.latest().status().isReady()
                            && entry.latest().key().equals(function.key()))
                .ifPresent(
                    entry ->
                        store.put(
                            entry.with(
                                entry.latest().with(FunctionStatus.READY, cloud.ids().uuid())))));
  }

  @Override
  public void close() {
    deployer.shutdownNow();
  }
}
