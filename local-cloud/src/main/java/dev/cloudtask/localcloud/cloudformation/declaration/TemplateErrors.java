package dev.cloudtask.localcloud.cloudformation.declaration;

import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.util.Collection;
import java.util.Optional;

/**
 * What CloudFormation says of templates that are not as they should be, verbatim.
 *
 * <p>Sources: recordings of the real service (unresolved dependencies, missing Type, Mappings,
 * Outputs), error messages quoted in public issue threads and deployment logs (the rest), the user
 * guide's page "CloudFormation quotas" (limits).
 */
final class TemplateErrors {
  private TemplateErrors() {}

  static TemplateException at(String message, Position position) {
    return new TemplateException(message, position);
  }

  static TemplateException advised(String message, Position position, String advice) {
    return new TemplateException(message, Optional.of(position), advice);
  }

  static TemplateException format(String message, Position position) {
    return new TemplateException("Template format error: " + message, position);
  }

  static TemplateException unknownSections(Collection<String> names, Position position) {
    return at("Invalid template property or properties " + list(names), position);
  }

  static TemplateException notEmulated(String what, Position position) {
    return at("Template error: local-cloud does not emulate " + what, position);
  }

  static TemplateException unresolved(Collection<String> names, String section, Position position) {
    return format(unresolvedText(names, section), position);
  }

  static String unresolvedText(Collection<String> names, String section) {
    return "Unresolved resource dependencies "
        + list(names)
        + " in the "
        + section
        + " block of the template";
  }

  static String list(Collection<String> names) {
    return "[" + String.join(", ", names) + "]";
  }
}
