package dev.cloudtask.localcloud.protocol.restxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudtask.localcloud.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestXmlTest {
  private static XmlElement parse(String xml) throws Exception {
    return XmlDocument.parse(xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parse_nestedElements_givesTheirTextAndLines() throws Exception {
    XmlElement root =
        parse(
            "<A xmlns=\"http://x\">\n  <B k=\"v\"> one </B>\n  <B><C>two &amp; &#51;</C></B>\n</A>");

    assertThat(root.name()).isEqualTo("A");
    assertThat(root.text()).isEmpty();
    assertThat(root.children("B")).hasSize(2);
    assertThat(root.childText("B")).contains(" one ");
    assertThat(root.children().get(0).attributes()).containsEntry("k", "v");
    assertThat(root.children().get(1).line()).isEqualTo(3);
    assertThat(root.children().get(1).at("C").map(XmlElement::text)).contains("two & 3");
    assertThat(root.childOtherThan("B")).isEmpty();
    assertThat(root.childOtherThan("X").map(XmlElement::name)).contains("B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<A>",
        "<A></B>",
        "<A/><B/>",
        "<A>&unknown;</A>",
        "<!DOCTYPE A [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><A>&e;</A>",
        "<!DOCTYPE A><A/>"
      })
  void parse_notPlainXml_isRefused(String body) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(XmlDocument.MalformedXmlException.class);
  }

  @Test
  void parse_nestedTooDeep_isRefused() {
    assertThatThrownBy(() -> parse("<a>".repeat(10_000) + "</a>".repeat(10_000)))
        .isInstanceOf(XmlDocument.MalformedXmlException.class);
  }

  @Test
  void write_specialCharacters_comeBackAsTheyWere() throws Exception {
    String text = "a<b>&\"c\"\r\n\tü";
    String xml =
        XmlWriter.document("R", "urn:r").open("In", "at", text).element("T", text).toString();

    XmlElement root = parse(xml);
    assertThat(root.at("In", "T").map(XmlElement::text)).contains(text);
    assertThat(XmlWriter.document("W", "").copy(root).toString()).contains("<T>a&lt;b&gt;&amp;");
  }

  @Test
  void failure_bothForms_carryCodeMessageAndDetails() throws Exception {
    AwsException failure =
        new AwsException("NoSuchKey", 404, "The specified key does not exist.").with("Key", "a&b");

    assertThat(RestXmlFailure.bare(failure, "R1", "H1").text())
        .isEqualTo(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The"
                + " specified key does not exist.</Message><Key>a&amp;b</Key><RequestId>R1</RequestId>"
                + "<HostId>H1</HostId></Error>");
    XmlElement wrapped = XmlDocument.parse(RestXmlFailure.wrapped(failure, "R2", "urn:x").bytes());
    assertThat(wrapped.at("Error", "Type").map(XmlElement::text)).contains("Sender");
    assertThat(wrapped.childText("RequestId")).contains("R2");
  }
}
