package dev.cloudtask.localcloud.cloudformation.stack;

import dev.cloudtask.localcloud.cloudformation.specification.TypeSpecification;
import dev.cloudtask.localcloud.environment.Ids;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names resources that the template leaves unnamed: stack, logical id and twelve random characters.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html">
 *     Name type</a>
 */
final class PhysicalNames {
  private static final int RANDOM = 12;
  private static final int LOGICAL_ID = 24;

  /** The services' limits where the specification has none or a larger one. */
  private static final Map<String, Integer> LONGEST =
      Map.of(
          "AWS::S3::Bucket", 63,
          "AWS::Lambda::Function", 64,
          "AWS::IAM::Role", 64,
          "AWS::IAM::ManagedPolicy", 128,
          "AWS::Cognito::UserPool", 128,
          "AWS::Lambda::Permission", 100);

  private final Ids ids;

  PhysicalNames(Ids ids) {
    this.ids = ids;
  }

  String name(
      String stackName, String logicalId, String type, Optional<TypeSpecification> specification) {
    int longest =
        Optional.ofNullable(LONGEST.get(type))
            .or(
                () ->
                    specification
                        .flatMap(TypeSpecification::nameProperty)
                        .flatMap(
                            name ->
                                Optional.ofNullable(
                                    specification.get().properties().members().get(name)))
                        .flatMap(shape -> Optional.ofNullable(shape.limits().get("maxLength")))
                        .map(Long::intValue))
            .orElse(255);
    int room = longest - RANDOM - 2;
    String id = logicalId;
    String stack = stackName;
    if (stack.length() + id.length() > room) {
      id = id.substring(0, Math.min(id.length(), Math.max(LOGICAL_ID, room - stack.length())));
      stack = stack.substring(0, Math.min(stack.length(), room - id.length()));
    }
    if (type.startsWith("AWS::S3::")) {
      return (stack + "-" + id).toLowerCase(Locale.ROOT) + "-" + ids.lower(RANDOM);
    }
    String random = type.startsWith("AWS::DynamoDB::") ? ids.upper(RANDOM) : ids.mixed(RANDOM);
    return stack + "-" + id + "-" + random;
  }
}
