package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.declaration.Template;
import dev.cloudtask.localcloud.cloudformation.specification.ResourceTypes;
import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which acknowledgements a template needs: it makes IAM resources, or names them itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html">
 *     CreateStack: Capabilities</a>
 */
public final class Capabilities {
  private static final Set<String> IAM_TYPES =
      Set.of(
          "AWS::IAM::AccessKey",
          "AWS::IAM::Group",
          "AWS::IAM::InstanceProfile",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::IAM::User",
          "AWS::IAM::UserToGroupAddition");

  private Capabilities() {}

  /** Returns what a template needs, if it needs anything. */
  public static Optional<String> required(Template template, ResourceTypes types) {
    boolean iam = false;
    for (Template.Resource resource : template.resources().values()) {
      if (!IAM_TYPES.contains(resource.type())) {
        continue;
      }
      iam = true;
      Optional<String> name = types.find(resource.type()).flatMap(TypeSpecification::nameProperty);
      if (name.flatMap(resource.properties()::entry).isPresent()) {
        return Optional.of("CAPABILITY_NAMED_IAM");
      }
    }
    return iam ? Optional.of("CAPABILITY_IAM") : Optional.empty();
  }

  /** Returns the types that are the reason. */
  public static List<String> reasons(Template template) {
    return template.resources().values().stream()
        .map(Template.Resource::type)
        .filter(IAM_TYPES::contains)
        .distinct()
        .toList();
  }

  static void check(Template template, ResourceTypes types, List<String> given) {
    required(template, types)
        .filter(needed -> !given.contains(needed) && !given.contains("CAPABILITY_NAMED_IAM"))
        .ifPresent(
            needed -> {
              throw StackErrors.insufficientCapabilities(needed);
            });
  }
}
