package dev.cloudtask.localcloud.services.cloudformation;

import java.util.Map;

/**
 * What is to be deployed, as {@code aws cloudformation deploy} would be told.
 *
 * @param stackName the stack; made if there is none
 * @param templateBody the template, packaged
 * @param templateFile the file's name for messages: {@code template.yaml}
 * @param parameters the values of parameters
 * @param tags the stack's tags
 */
public record DeployRequest(
    String stackName,
    String templateBody,
    String templateFile,
    Map<String, String> parameters,
    Map<String, String> tags) {

  /** A deployment without parameters and tags. */
  public static DeployRequest of(String stackName, String templateBody, String templateFile) {
    return new DeployRequest(stackName, templateBody, templateFile, Map.of(), Map.of());
  }
}
