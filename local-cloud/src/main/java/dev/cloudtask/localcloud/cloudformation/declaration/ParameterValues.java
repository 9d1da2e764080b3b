package dev.cloudtask.localcloud.cloudformation.declaration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a template's parameters, checked against their declarations. */
public final class ParameterValues {
  private final Template template;
  private final Map<String, String> values;

  private ParameterValues(Template template, Map<String, String> values) {
    this.template = template;
    this.values = values;
  }

  /**
   * Checks values and fills in defaults.
   *
   * @throws TemplateException as CloudFormation words it, for the first declaration that is not
   *     satisfied
   */
  public static ParameterValues check(Template template, Map<String, String> given) {
    List<String> unknown =
        given.keySet().stream().filter(name -> !template.parameters().containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      throw new TemplateException(
          "Parameters: " + TemplateErrors.list(unknown) + " do not exist in the template");
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<Template.Parameter> missing = new ArrayList<>();
    for (Template.Parameter parameter : template.parameters().values()) {
      Optional<String> value =
          Optional.ofNullable(given.get(parameter.name())).or(parameter::defaultValue);
      value.ifPresentOrElse(
          text -> values.put(parameter.name(), text), () -> missing.add(parameter));
    }
    if (!missing.isEmpty()) {
      throw TemplateErrors.at(
          "Parameters: "
              + TemplateErrors.list(missing.stream().map(Template.Parameter::name).toList())
              + " must have values",
          missing.get(0).position());
    }
    values.forEach((name, value) -> checkValue(template.parameter(name), value));
    return new ParameterValues(template, values);
  }

  /** Returns all values as text, as they were given or by default. */
  public Map<String, String> texts() {
    return values;
  }

  /** Returns what {@code Ref} gives for a parameter: text, or a list of texts. */
  public Optional<JsonElement> ref(String name) {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!template.parameter(name).isList()) {
      return Optional.of(new JsonPrimitive(value));
    }
    JsonArray list = new JsonArray();
    items(value).forEach(list::add);
    return Optional.of(list);
  }

  private static List<String> items(String value) {
    List<String> items = new ArrayList<>();
    if (!value.isEmpty()) {
      for (String item : value.split(",", -1)) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private static void checkValue(Template.Parameter parameter, String value) {
    for (String each : parameter.isList() ? items(value) : List.of(value)) {
      if (!parameter.allowedValues().isEmpty() && !parameter.allowedValues().contains(each)) {
        throw refused(parameter, "must be one of AllowedValues");
      }
      if (parameter.isNumber()) {
        checkNumber(parameter, each);
      }
      if (parameter.allowedPattern().isPresent()
          && !each.matches(parameter.allowedPattern().get())) {
        throw refused(parameter, "must match pattern " + parameter.allowedPattern().get());
      }
    }
    int length = value.length();
    if (length < parameter.minLength().orElse(0)) {
      throw refused(
          parameter, "must contain at least " + parameter.minLength().getAsInt() + " characters");
    }
    if (length > parameter.maxLength().orElse(Integer.MAX_VALUE)) {
      throw refused(
          parameter, "must contain at most " + parameter.maxLength().getAsInt() + " characters");
    }
  }

  private static void checkNumber(Template.Parameter parameter, String value) {
    BigDecimal number =
        decimal(value)
            .orElseThrow(
                () ->
                    TemplateErrors.at(
                        "Parameter '" + parameter.name() + "' must be a number",
                        parameter.position()));
    parameter
        .minValue()
        .flatMap(ParameterValues::decimal)
        .ifPresent(
            least -> {
              if (number.compareTo(least) < 0) {
                throw refused(parameter, "must be a number not less than " + least.toPlainString());
              }
            });
    parameter
        .maxValue()
        .flatMap(ParameterValues::decimal)
        .ifPresent(
            most -> {
              if (number.compareTo(most) > 0) {
                throw refused(
                    parameter, "must be a number not greater than " + most.toPlainString());
              }
            });
  }

  private static Optional<BigDecimal> decimal(String value) {
    try {
      return Optional.of(new BigDecimal(value.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static TemplateException refused(Template.Parameter parameter, String rule) {
    String message =
        parameter
            .constraintDescription()
            .map(
                description ->
                    "Parameter "
                        + parameter.name()
                        + " failed to satisfy constraint: "
                        + description)
            .orElse("Parameter '" + parameter.name() + "' " + rule);
    return TemplateErrors.at(message, parameter.position());
  }
}
