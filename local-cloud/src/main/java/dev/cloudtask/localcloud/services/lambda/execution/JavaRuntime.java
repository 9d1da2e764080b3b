package dev.cloudtask.localcloud.services.lambda.execution;

import java.util.Optional;

/** The managed Java runtimes for which AWS still creates functions. */
public enum JavaRuntime {
  /** Java 21 on Amazon Linux 2023. */
  JAVA21("java21", 21),
  /** Java 25 on Amazon Linux 2023. */
  JAVA25("java25", 25);

  private final String id;
  private final int release;

  JavaRuntime(String id, int release) {
    this.id = id;
    this.release = release;
  }

  /** Returns the identifier that configurations use. */
  public String id() {
    return id;
  }

  /** Returns the Java release. */
  public int release() {
    return release;
  }

  /** Returns the newest class file version it loads. */
  public int newestClassFile() {
    return release + 44;
  }

  /** Finds a runtime by its identifier. */
  public static Optional<JavaRuntime> find(String id) {
    for (JavaRuntime runtime : values()) {
      if (runtime.id.equals(id)) {
        return Optional.of(runtime);
      }
    }
    return Optional.empty();
  }
}
