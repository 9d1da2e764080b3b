package dev.cloudtask.localcloud.protocol.restxml;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML bodies: no document type declarations, no external entities, bounded depth. */
public final class XmlDocument {
  /** Thrown when a body is not well-formed XML. Each service has its own error code for that. */
  public static final class MalformedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedXmlException(String message) {
      super(message);
    }
  }

  /** Deeper than any AWS request; an attacker's nesting must not overflow the stack. */
  private static final int MAX_DEPTH = 64;

  private static final XMLInputFactory FACTORY = factory();

  private XmlDocument() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Parses a body and returns its root element.
   *
   * @throws MalformedXmlException if it is empty or not well-formed, or has a document type
   */
  public static XmlElement parse(byte[] body) throws MalformedXmlException {
    try {
      XMLStreamReader reader = reader(body);
      try {
        while (reader.hasNext()) {
          int event = reader.next();
          if (event == XMLStreamConstants.DTD) {
            throw new MalformedXmlException("document types are not accepted");
          }
          if (event == XMLStreamConstants.START_ELEMENT) {
            XmlElement root = element(reader, 1);
            while (reader.hasNext()) {
              reader.next(); // trailing content must be well-formed as well
            }
            return root;
          }
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new MalformedXmlException(String.valueOf(e.getMessage()));
    }
    throw new MalformedXmlException("there is no element");
  }

  private static XMLStreamReader reader(byte[] body) throws XMLStreamException {
    synchronized (
        FACTORY) { // the JDK's factory reuses a reader's buffers: not for two threads at once
      return FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
    }
  }

  private static XmlElement element(XMLStreamReader reader, int depth)
      throws XMLStreamException, MalformedXmlException {
    if (depth > MAX_DEPTH) {
      throw new MalformedXmlException("more than " + MAX_DEPTH + " elements deep");
    }
    String name = reader.getLocalName();
    int line = reader.getLocation().getLineNumber();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    List<XmlElement> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        children.add(element(reader, depth + 1));
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(reader.getText());
      } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new MalformedXmlException("unknown entity " + reader.getLocalName());
      }
    }
    String content = children.isEmpty() ? text.toString() : text.toString().strip();
    return new XmlElement(name, attributes, content, children, line);
  }
}
