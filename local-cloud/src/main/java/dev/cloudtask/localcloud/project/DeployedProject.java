package dev.cloudtask.localcloud.project;

import dev.cloudtask.localcloud.LocalCloud.StackResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A project that stands in a cloud.
 *
 * @param stackName the stack
 * @param outputs the stack's outputs, local names in place of AWS's: every URL opens as it is
 * @param awsOutputs the stack's outputs as AWS would give them
 * @param resources what the stack consists of
 * @param stackChanged whether the deployment changed the stack
 * @param filesChanged how many files of the website were uploaded or removed
 */
public record DeployedProject(
    String stackName,
    Map<String, String> outputs,
    Map<String, String> awsOutputs,
    List<StackResource> resources,
    boolean stackChanged,
    int filesChanged) {

  /**
   * Returns an output with local names.
   *
   * @throws IllegalArgumentException if the template has no such output
   */
  public String output(String name) {
    return Optional.ofNullable(outputs.get(name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The template has no output " + name + "; it has " + outputs.keySet() + "."));
  }
}
