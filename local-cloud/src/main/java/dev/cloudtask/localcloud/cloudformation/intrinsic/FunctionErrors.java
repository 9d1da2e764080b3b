package dev.cloudtask.localcloud.cloudformation.intrinsic;

import dev.cloudtask.localcloud.cloudformation.template.Position;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What CloudFormation says of functions that are used wrongly, verbatim.
 *
 * <p>Sources: error messages quoted in public issue threads and deployment logs; the list of
 * supported functions as printed by the service itself; for evaluation errors ({@code Unable to get
 * mapping}) recordings of the real service.
 */
final class FunctionErrors {
  private static final String SUPPORTED =
      "[Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap,"
          + " Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or,"
          + " Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll,"
          + " Fn::RefAll, Fn::Sub, Fn::Cidr]";

  /** What each function wants, as the service words it. */
  private static final Map<String, String> WANTED =
      Map.ofEntries(
          Map.entry("Ref", "every Ref object must have a single String value."),
          Map.entry(
              "Fn::GetAtt",
              "every Fn::GetAtt object requires two non-empty parameters, the resource name and the"
                  + " resource attribute"),
          Map.entry(
              "Fn::Join",
              "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list"
                  + " of strings to be joined or a function that returns a list of strings (such as"
                  + " Fn::GetAZs) to be joined."),
          Map.entry(
              "Fn::Split",
              "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a"
                  + " string to be split or a function that returns a string to be split."),
          Map.entry(
              "Fn::Select",
              "Fn::Select requires a list argument with two elements: an integer index and a list"),
          Map.entry(
              "Fn::Sub",
              "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a"
                  + " string as first argument, and an optional second argument to specify a mapping"
                  + " of values to replace in the string"),
          Map.entry("Fn::If", "Fn::If requires a list argument with three elements"),
          Map.entry(
              "Fn::FindInMap",
              "every Fn::FindInMap object requires three parameters, the map name, map key and the"
                  + " attribute for return value"),
          Map.entry("Fn::Base64", "every Fn::Base64 object must have a String-typed value."),
          Map.entry(
              "Fn::Cidr",
              "every Fn::Cidr object requires two parameters, (1) ipBlock and (2) count, and an"
                  + " optional third parameter, (3) cidrBits."),
          Map.entry(
              "Fn::ImportValue", "the attribute in Fn::ImportValue must be a string or a function"),
          Map.entry("Fn::GetAZs", "every Fn::GetAZs object must have a String-typed value."),
          Map.entry(
              "Fn::Equals", "every Fn::Equals object requires a list of 2 string parameters."),
          Map.entry("Fn::Not", "every Fn::Not object requires one boolean parameter."),
          Map.entry(
              "Fn::And",
              "every Fn::And object requires a list of at least 2 and at most 10 boolean"
                  + " parameters."),
          Map.entry(
              "Fn::Or",
              "every Fn::Or object requires a list of at least 2 and at most 10 boolean"
                  + " parameters."),
          Map.entry("Condition", "every Condition object must have a single String value."));

  private FunctionErrors() {}

  static TemplateException wrongArguments(String function, Position at) {
    return new TemplateException("Template error: " + WANTED.get(function), at);
  }

  static TemplateException unsupported(String function, Position at) {
    String known =
        WANTED.keySet().stream()
            .filter(
                name ->
                    name.toLowerCase(Locale.ROOT)
                        .endsWith(
                            function
                                .substring(function.lastIndexOf(':') + 1)
                                .toLowerCase(Locale.ROOT)))
            .findFirst()
            .map(name -> "Did you mean " + name + "?")
            .orElse("");
    return new TemplateException(
        "Template Error: Encountered unsupported function: "
            + function
            + " Supported functions are: "
            + SUPPORTED,
        Optional.of(at),
        known);
  }

  static TemplateException notEmulated(String function, String why, Position at) {
    return new TemplateException(
        "Template error: local-cloud does not emulate " + function + " (" + why + ")", at);
  }

  static TemplateException notAFunction(String function, Position at) {
    return new TemplateException(
        "Template error: " + function + " must be the only key of its map",
        Optional.of(at),
        "A function stands alone in its map: move the other keys out, or indent them one deeper.");
  }

  static TemplateException noMapping(String map, String top, String second, Position at) {
    return new TemplateException(
        "Template error: Unable to get mapping for " + map + "::" + top + "::" + second, at);
  }

  static TemplateException nothingSelected(String index, Position at) {
    return new TemplateException(
        "Template error: Fn::Select cannot select nonexistent value at index " + index, at);
  }

  static TemplateException invalidSubAttribute(String name, Position at) {
    return new TemplateException(
        "Template error: instance of Fn::Sub references invalid resource attribute " + name, at);
  }

  static TemplateException badSubName(String name, Position at) {
    return new TemplateException(
        "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters,"
            + " underscores, periods, and colons",
        Optional.of(at),
        "This is about ${"
            + name
            + "}. Text that only looks like a variable is written ${!"
            + name
            + "}.");
  }

  static TemplateException nullValue(String path, Position at) {
    String prefix = path.startsWith("/Outputs/") ? "" : "Template format error: ";
    return new TemplateException(
        prefix + "[" + path + "] 'null' values are not allowed in templates",
        Optional.of(at),
        "Give a value, or leave the key out.");
  }
}
