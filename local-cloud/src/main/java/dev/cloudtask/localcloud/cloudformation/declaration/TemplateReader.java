package dev.cloudtask.localcloud.cloudformation.declaration;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.cloudtask.localcloud.cloudformation.intrinsic.Expression;
import dev.cloudtask.localcloud.cloudformation.intrinsic.ExpressionReader;
import dev.cloudtask.localcloud.cloudformation.template.TemplateException;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Mapping;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Member;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Scalar;
import dev.cloudtask.localcloud.cloudformation.template.TemplateNode.Sequence;
import dev.cloudtask.localcloud.cloudformation.template.TemplateParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads a template and refuses what CloudFormation refuses when a template is handed in: wrong
 * structure, names that lead nowhere, circles. Resource types and properties are judged later.
 */
public final class TemplateReader {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Resources",
          "Outputs",
          "Rules",
          "Hooks",
          "Transform");
  private static final int MAX_DESCRIPTION_BYTES = 1024;
  private static final int MAX_PARAMETERS = 200;
  private static final int MAX_MAPPINGS = 200;
  private static final int MAX_RESOURCES = 500;
  private static final int MAX_OUTPUTS = 200;

  private TemplateReader() {}

  /**
   * Reads a template from its text.
   *
   * @param file the file's name for positions; empty if there is none
   * @throws TemplateException in CloudFormation's words, with the position
   */
  public static Template read(String body, String file) {
    Mapping root = TemplateParser.parse(body, file);
    checkSections(root);
    Template template =
        new Template(
            body,
            version(root),
            description(root),
            root.get("Metadata"),
            section(root, "Parameters", "Parameter", MAX_PARAMETERS, ParameterReader::read),
            mappings(root),
            section(root, "Conditions", "Condition", Integer.MAX_VALUE, TemplateReader::condition),
            resources(root),
            section(root, "Outputs", "Output", MAX_OUTPUTS, OutputReader::read));
    References.check(template);
    return template;
  }

  private static void checkSections(Mapping root) {
    List<Member> unknown =
        root.members().stream().filter(member -> !SECTIONS.contains(member.name())).toList();
    if (!unknown.isEmpty()) {
      throw TemplateErrors.unknownSections(
          unknown.stream().map(Member::name).toList(), unknown.get(0).position());
    }
    for (String section : List.of("Transform", "Rules", "Hooks")) {
      root.member(section)
          .ifPresent(
              member -> {
                throw TemplateErrors.notEmulated(
                    section.equals("Transform")
                        ? "transforms and macros (Transform: " + names(member.value()) + ")"
                        : "the section " + section,
                    member.position());
              });
    }
  }

  private static String names(TemplateNode node) {
    if (node instanceof Scalar scalar) {
      return scalar.text();
    }
    return node instanceof Sequence sequence
        ? String.join(", ", sequence.items().stream().map(TemplateReader::names).toList())
        : "a map";
  }

  private static Optional<String> version(Mapping root) {
    return root.member("AWSTemplateFormatVersion")
        .map(
            member -> {
              if (member.value() instanceof Scalar scalar
                  && scalar.written().equals("2010-09-09")) {
                return scalar.written();
              }
              throw TemplateErrors.advised(
                  "Template format error: unsupported value for AWSTemplateFormatVersion.",
                  member.position(),
                  "The only version there is: AWSTemplateFormatVersion: \"2010-09-09\"");
            });
  }

  private static Optional<String> description(Mapping root) {
    return root.member("Description")
        .map(
            member -> {
              if (!(member.value() instanceof Scalar scalar)
                  || scalar.type() != TemplateNode.ScalarType.STRING) {
                throw TemplateErrors.format("Description must be a string.", member.position());
              }
              if (TemplateParser.length(scalar.text()) > MAX_DESCRIPTION_BYTES) {
                throw TemplateErrors.format(
                    "'Description' length is greater than " + MAX_DESCRIPTION_BYTES + ".",
                    member.position());
              }
              return scalar.text();
            });
  }

  /** Reads one section: a map from names to whatever the reader makes of its members. */
  private static <T> Map<String, T> section(
      Mapping root,
      String section,
      String singular,
      int limit,
      BiFunction<Member, String, T> reader) {
    Optional<Member> found = root.member(section);
    if (found.isEmpty()) {
      return Map.of();
    }
    Member member = found.get();
    if (member.value() instanceof Scalar scalar && scalar.type() == TemplateNode.ScalarType.NULL) {
      throw TemplateErrors.advised(
          "Template format error: [/" + section + "] 'null' values are not allowed in templates",
          member.position(),
          "Give the section members, or leave it out.");
    }
    if (!(member.value() instanceof Mapping mapping)) {
      throw TemplateErrors.format("[/" + section + "] must be an object.", member.position());
    }
    if (mapping.members().size() > limit) {
      throw TemplateErrors.format(
          "Number of "
              + section.toLowerCase(java.util.Locale.ROOT)
              + ", "
              + mapping.members().size()
              + ", is greater than maximum allowed, "
              + limit,
          member.position());
    }
    Map<String, T> result = new LinkedHashMap<>();
    for (Member each : mapping.members()) {
      if (!each.name().matches("[a-zA-Z0-9]{1,255}")) {
        throw TemplateErrors.format(
            singular + " name " + each.name() + " is non alphanumeric.", each.position());
      }
      result.put(each.name(), reader.apply(each, "/" + section + "/" + each.name()));
    }
    return result;
  }

  private static Map<String, Template.Resource> resources(Mapping root) {
    Map<String, Template.Resource> resources =
        section(root, "Resources", "Resource", MAX_RESOURCES, ResourceReader::read);
    if (resources.isEmpty()) {
      throw TemplateErrors.format(
          "At least one Resources member must be defined.", root.position());
    }
    return resources;
  }

  private static Expression condition(Member member, String path) {
    return ExpressionReader.readCondition(member.value(), path);
  }

  private static Map<String, Map<String, Map<String, JsonElement>>> mappings(Mapping root) {
    return section(root, "Mappings", "Mappings", MAX_MAPPINGS, (member, path) -> mapping(member));
  }

  private static Map<String, Map<String, JsonElement>> mapping(Member mapping) {
    if (!(mapping.value() instanceof Mapping tops)) {
      throw TemplateErrors.format("Every Mappings member must be a map", mapping.position());
    }
    Map<String, Map<String, JsonElement>> result = new LinkedHashMap<>();
    for (Member top : tops.members()) {
      if (!(top.value() instanceof Mapping seconds)) {
        throw TemplateErrors.format(
            "Every Mappings member " + top.name() + " must be a map", top.position());
      }
      Map<String, JsonElement> values = new LinkedHashMap<>();
      seconds.members().forEach(second -> values.put(second.name(), mapped(second)));
      result.put(top.name(), values);
    }
    return result;
  }

  private static JsonElement mapped(Member second) {
    if (second.value() instanceof Scalar) {
      return scalar(second.value(), second);
    }
    if (second.value() instanceof Sequence sequence) {
      JsonArray array = new JsonArray();
      sequence.items().forEach(item -> array.add(scalar(item, second)));
      return array;
    }
    throw badMapping(second);
  }

  private static JsonPrimitive scalar(TemplateNode node, Member second) {
    if (node instanceof Scalar scalar && scalar.type() != TemplateNode.ScalarType.NULL) {
      return ((Expression.Literal) ExpressionReader.read(scalar, "/Mappings")).value();
    }
    throw badMapping(second);
  }

  private static TemplateException badMapping(Member second) {
    return TemplateErrors.format(
        "Every Mappings attribute must be a String or a List.", second.position());
  }

  /** Reads a list of texts, or one text as a list of one. */
  static Optional<List<String>> texts(TemplateNode node) {
    if (node instanceof Scalar scalar && scalar.type() == TemplateNode.ScalarType.STRING) {
      return Optional.of(List.of(scalar.text()));
    }
    List<String> texts = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (TemplateNode item : sequence.items()) {
        if (!(item instanceof Scalar scalar) || scalar.type() != TemplateNode.ScalarType.STRING) {
          return Optional.empty();
        }
        texts.add(scalar.text());
      }
      return Optional.of(texts);
    }
    return Optional.empty();
  }
}
