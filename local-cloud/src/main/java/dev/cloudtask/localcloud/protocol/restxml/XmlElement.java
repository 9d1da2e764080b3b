package dev.cloudtask.localcloud.protocol.restxml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One element of a request's XML body.
 *
 * @param name the local name; namespaces are ignored, as AWS ignores them
 * @param attributes attributes by local name
 * @param text the character data directly inside; white space kept unless there are child elements
 * @param children the child elements in order
 * @param line the line it starts in, from 1
 */
public record XmlElement(
    String name, Map<String, String> attributes, String text, List<XmlElement> children, int line) {

  /** Copies what it is given. */
  public XmlElement {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** Returns the first child of this name. */
  public Optional<XmlElement> child(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).findFirst();
  }

  /** Returns every child of this name, in order. */
  public List<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  /** Returns the text of the first child of this name. */
  public Optional<String> childText(String childName) {
    return child(childName).map(XmlElement::text);
  }

  /** Returns the element at a path of names below this one. */
  public Optional<XmlElement> at(String... path) {
    Optional<XmlElement> here = Optional.of(this);
    for (String step : path) {
      here = here.flatMap(element -> element.child(step));
    }
    return here;
  }

  /** Returns the first child whose name is none of these: the schema does not know it. */
  public Optional<XmlElement> childOtherThan(String... known) {
    List<String> names = List.of(known);
    return children.stream().filter(child -> !names.contains(child.name)).findFirst();
  }
}
