package dev.cloudtask.localcloud.services.cloudformation;

import dev.cloudtask.localcloud.cloudformation.stack.StackErrors;
import dev.cloudtask.localcloud.cloudformation.stack.StackRecord;
import dev.cloudtask.localcloud.cloudformation.stack.StackRequest;
import dev.cloudtask.localcloud.cloudformation.template.TemplateParser;
import dev.cloudtask.localcloud.gateway.ServiceCall;
import dev.cloudtask.localcloud.ports.ObjectReader;
import dev.cloudtask.localcloud.protocol.AwsException;
import dev.cloudtask.localcloud.protocol.awsquery.QueryInput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what requests that make or change stacks have in common. */
final class Requests {
  private static final String NAME_OR_ARN = "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*";
  private static final String NAME = "[a-zA-Z][-a-zA-Z0-9]*";
  private static final int LONGEST_NAME = 128;
  private static final Set<String> CAPABILITIES =
      Set.of("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND");

  private final ObjectReader objects;

  Requests(ObjectReader objects) {
    this.objects = objects;
  }

  /** Reads a name that shall be a stack's. */
  static String newName(QueryInput input) {
    String name = input.required("StackName");
    if (name.length() > LONGEST_NAME) {
      throw constraint(name, "Member must have length less than or equal to " + LONGEST_NAME);
    }
    if (!name.matches(NAME)) {
      throw constraint(name, "Member must satisfy regular expression pattern: " + NAME_OR_ARN);
    }
    return name;
  }

  /** Reads the name or ARN of a stack. */
  static String stackName(QueryInput input) {
    String name = input.required("StackName");
    if (!name.matches(NAME_OR_ARN)) {
      throw constraint(name, "Member must satisfy regular expression pattern: " + NAME_OR_ARN);
    }
    return name;
  }

  private static AwsException constraint(String value, String rule) {
    return StackErrors.validation(
        "1 validation error detected: Value '"
            + value
            + "' at 'stackName' failed to satisfy constraint: "
            + rule);
  }

  /** Reads the template that is sent along or named by its URL. */
  Optional<String> template(QueryInput input, ServiceCall call) {
    Optional<String> body = input.text("TemplateBody").filter(text -> !text.isEmpty());
    Optional<String> url = input.text("TemplateURL").filter(text -> !text.isEmpty());
    if (body.isPresent() && url.isPresent()) {
      throw StackErrors.validation(
          "Only one of the following parameters should be specified: [TemplateBody,"
              + " TemplateURL]");
    }
    if (url.isPresent()) {
      return Optional.of(fetch(url.get(), call));
    }
    body.ifPresent(Requests::checkLength);
    return body;
  }

  private static void checkLength(String body) {
    if (TemplateParser.length(body) > TemplateParser.MAX_BODY_BYTES) {
      throw StackErrors.validation(
          "1 validation error detected: Value '"
              + body
              + "' at 'templateBody' failed to satisfy constraint: Member must have length less"
              + " than or equal to "
              + TemplateParser.MAX_BODY_BYTES);
    }
  }

  private String fetch(String url, ServiceCall call) {
    TemplateUrl.Location location = TemplateUrl.location(url);
    byte[] content;
    try {
      content =
          objects.read(call.caller(), location.bucket(), location.key(), location.versionId());
    } catch (AwsException e) {
      throw StackErrors.validation("S3 error: " + e.message());
    }
    if (content.length > TemplateParser.MAX_URL_BYTES) {
      throw StackErrors.validation(
          "Template may not exceed " + TemplateParser.MAX_URL_BYTES + " bytes in size.");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  static AwsException noTemplate() {
    return StackErrors.validation("Either Template URL or Template Body must be specified.");
  }

  /**
   * Reads a whole request.
   *
   * @param existing the stack that is to be changed: its template, parameter values and tags can be
   *     used again
   */
  StackRequest read(
      QueryInput input, ServiceCall call, String name, @Nullable StackRecord existing) {
    String body =
        template(input, call)
            .or(() -> previousTemplate(input, existing))
            .orElseThrow(Requests::noTemplate);
    return new StackRequest(
        name,
        body,
        "",
        parameters(input, existing),
        tags(input, existing),
        capabilities(input),
        onFailure(input),
        input.bool("EnableTerminationProtection").orElse(false),
        input.text("ClientRequestToken").orElse(null),
        call.caller());
  }

  private static Optional<String> previousTemplate(
      QueryInput input, @Nullable StackRecord existing) {
    return existing != null && input.bool("UsePreviousTemplate").orElse(false)
        ? Optional.of(existing.source().templateBody())
        : Optional.empty();
  }

  private static Map<String, String> parameters(QueryInput input, @Nullable StackRecord existing) {
    Map<String, String> values = new LinkedHashMap<>();
    for (QueryInput each : input.list("Parameters")) {
      String key = each.required("ParameterKey");
      if (!each.bool("UsePreviousValue").orElse(false)) {
        values.put(
            key,
            each.text("ParameterValue")
                .orElseThrow(
                    () ->
                        StackErrors.validation(
                            "Invalid input for parameter key "
                                + key
                                + ". Need to specify either usePreviousValue as true or a value"
                                + " for the parameter")));
        continue;
      }
      String previous = existing == null ? null : existing.source().parameters().get(key);
      if (previous == null) {
        throw StackErrors.validation(
            "Invalid input for parameter key "
                + key
                + ". Cannot specify usePreviousValue as true for a parameter key not in the"
                + " previous template");
      }
      values.put(key, previous);
    }
    return values;
  }

  private static Map<String, String> tags(QueryInput input, @Nullable StackRecord existing) {
    if (!input.has("Tags") && existing != null) {
      return existing.source().tags();
    }
    Map<String, String> tags = input.keyValues("Tags");
    tags.keySet().stream()
        .filter(key -> key.startsWith("aws:"))
        .findFirst()
        .ifPresent(
            key -> {
              throw StackErrors.validation(
                  "aws: prefixed tag key names are not allowed for external use.");
            });
    return tags;
  }

  private static List<String> capabilities(QueryInput input) {
    List<String> given = input.texts("Capabilities");
    for (String capability : given) {
      if (!CAPABILITIES.contains(capability)) {
        throw StackErrors.validation(
            "1 validation error detected: Value '"
                + given
                + "' at 'capabilities' failed to satisfy constraint: Member must satisfy"
                + " constraint: [Member must satisfy enum value set: [CAPABILITY_IAM,"
                + " CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND]]");
      }
    }
    return given;
  }

  private static String onFailure(QueryInput input) {
    Optional<String> given =
        input.text("OnFailure").or(() -> input.text("OnStackFailure")).filter(v -> !v.isEmpty());
    Optional<Boolean> disableRollback = input.bool("DisableRollback");
    if (given.isPresent() && disableRollback.isPresent()) {
      throw StackErrors.validation(
          "Only one of the following parameters should be specified: [OnFailure,"
              + " DisableRollback]");
    }
    if (given.isPresent() && !Set.of("DO_NOTHING", "ROLLBACK", "DELETE").contains(given.get())) {
      throw StackErrors.validation(
          "1 validation error detected: Value '"
              + given.get()
              + "' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value"
              + " set: [ROLLBACK, DELETE, DO_NOTHING]");
    }
    return given.orElse(disableRollback.orElse(false) ? "DO_NOTHING" : "ROLLBACK");
  }
}
