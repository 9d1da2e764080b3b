package dev.cloudtask.localcloud.services.lambda;

import dev.cloudtask.localcloud.digest.Sha256;

/**
 * One version of a function: {@code $LATEST}, which changes, or a numbered one, which does not.
 *
 * @param lastModified ISO 8601 with milliseconds and {@code +0000}, as Lambda writes it
 */
record FunctionVersion(
    String name,
    String version,
    FunctionSettings settings,
    FunctionCode code,
    FunctionStatus status,
    String lastModified,
    String revisionId) {
  static final String LATEST = "$LATEST";

  FunctionVersion with(FunctionStatus changed, String revision) {
    return new FunctionVersion(name, version, settings, code, changed, lastModified, revision);
  }

  /** Returns a numbered copy. */
  FunctionVersion published(String number, String description, String at, String revision) {
    FunctionSettings s = settings;
    FunctionSettings described =
        description.isEmpty()
            ? s
            : new FunctionSettings(
                s.runtime(),
                s.role(),
                s.handler(),
                description,
                s.timeout(),
                s.memorySize(),
                s.variables(),
                s.architectures(),
                s.ephemeralStorage(),
                s.tracing(),
                s.logGroup(),
                s.deadLetterArn());
    return new FunctionVersion(name, number, described, code, FunctionStatus.READY, at, revision);
  }

  /** Tells this version in this configuration from every other. */
  String key() {
    return name + ":" + version + ":" + code.key() + ":" + Sha256.hex(settings.toString());
  }
}
