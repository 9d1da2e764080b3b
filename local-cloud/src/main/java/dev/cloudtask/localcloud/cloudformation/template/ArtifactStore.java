package dev.cloudtask.localcloud.cloudformation.template;

/** Where packages go that a template needs: a bucket for deployments. */
@FunctionalInterface
public interface ArtifactStore {
  /** Where an artifact is. */
  record Location(String bucket, String key) {}

  /**
   * Keeps an artifact; the same name means the same content, which need not be written again.
   *
   * @param name made of the content's digest, with an extension
   */
  Location put(String name, byte[] content);
}
