package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.protocol.AwsException;
import java.util.Collection;

/**
 * What CloudFormation says when a stack cannot be, verbatim.
 *
 * <p>Sources: recordings of the real service (existing names, unknown stacks and resources, nothing
 * to update, rollback reasons), the CLI's errors as quoted in public threads (capabilities,
 * exports, states), the API reference (error codes).
 */
public final class StackErrors {
  private StackErrors() {}

  /** Returns a refusal of a request. */
  public static AwsException validation(String message) {
    return new AwsException("ValidationError", 400, message);
  }

  /** Returns the refusal of a template. */
  public static AwsException of(TemplateException wrong) {
    return validation(wrong.message());
  }

  static AwsException alreadyExists(String name) {
    return new AwsException("AlreadyExistsException", 400, "Stack [" + name + "] already exists");
  }

  /** Returns the refusal of a description of a stack that is not there. */
  public static AwsException noStackWithId(String nameOrId) {
    return validation("Stack with id " + nameOrId + " does not exist");
  }

  /** Returns the refusal of a change of a stack that is not there. */
  public static AwsException noStack(String nameOrId) {
    return validation("Stack [" + nameOrId + "] does not exist");
  }

  static AwsException wrongState(StackRecord stack) {
    return validation(
        "Stack:" + stack.id() + " is in " + stack.status() + " state and can not be updated.");
  }

  static AwsException cannotDelete(StackRecord stack) {
    return validation(
        "Stack [" + stack.id() + "] cannot be deleted while in status " + stack.status());
  }

  static AwsException terminationProtected(StackRecord stack) {
    return validation(
        "Stack [" + stack.name() + "] cannot be deleted while TerminationProtection is enabled");
  }

  static AwsException exportInUse(String export, Collection<String> importers) {
    return validation(
        "Export "
            + export
            + " cannot be deleted as it is in use by "
            + String.join(", ", importers));
  }

  static AwsException noUpdates() {
    return validation("No updates are to be performed.");
  }

  static AwsException unrecognised(Collection<String> types) {
    return validation(
        "Template format error: Unrecognized resource types: [" + String.join(", ", types) + "]");
  }

  static AwsException typeChanged(Collection<String> logicalIds) {
    return validation(
        "Update of resource type is not permitted. The new template modifies resource type of the"
            + " following resources: ["
            + String.join(", ", logicalIds)
            + "]");
  }

  static AwsException insufficientCapabilities(String capability) {
    return new AwsException(
        "InsufficientCapabilitiesException", 400, "Requires capabilities : [" + capability + "]");
  }

  // Reasons in events

  static String failedResources(String what, Collection<String> logicalIds) {
    return "The following resource(s) failed to "
        + what
        + ": ["
        + String.join(", ", logicalIds)
        + "]. ";
  }

  static final String ROLLBACK_REQUESTED = "Rollback requested by user.";

  static String validationFailed(Collection<String> logicalIds) {
    return "Validation failed for following resources: [" + String.join(", ", logicalIds) + "]. ";
  }

  static String invalidProperties(String logicalId, Collection<String> messages) {
    return "Properties validation failed for resource "
        + logicalId
        + " with message:\n["
        + String.join(", ", messages)
        + "]";
  }

  static String customNamed(String name) {
    return "CloudFormation cannot update a stack when a custom-named resource requires replacing."
        + " Rename "
        + name
        + " and update the stack again.";
  }

  static String unsupportedAttribute(String path, String type, String attribute) {
    return "[Error] "
        + path
        + ": Resource type "
        + type
        + " does not support attribute {"
        + attribute
        + "}. ";
  }

  static String noExport(String name) {
    return "No export named " + name + " found. ";
  }

  static String exportTaken(String name, String stack) {
    return "Export with name " + name + " is already exported by stack " + stack + ". ";
  }

  static String exportChanged(String name, Collection<String> importers) {
    return "Export "
        + name
        + " cannot be updated as it is in use by "
        + String.join(", ", importers)
        + ". ";
  }
}
