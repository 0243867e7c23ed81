package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Writes and reads notes in XMP packets (Adobe's Extensible Metadata Platform). */
final class Xmp {

  private static final String NAMESPACE = "urn:io.reverie:note/";
  private static final String PROPERTY = "note";

  /** Limit in bytes; notes are about a hundredth of it. */
  private static final int LARGEST = 8 << 20;

  /** Limit of the nesting of elements; a packet with a note has five levels. */
  private static final String DEEPEST = "100";

  private static final String PACKET =
      """
      <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:reverie="%s">
      <xmp:CreatorTool>%s</xmp:CreatorTool>
      <reverie:%s>%s</reverie:%3$s>
      </rdf:Description>
      </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="w"?>""";

  private Xmp() {}

  static byte[] packet(Note note) {
    return PACKET
        .formatted(NAMESPACE, escaped(note.program()), PROPERTY, escaped(note.text()))
        .getBytes(UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * Returns the note's text; other programs may have rewritten the packet in another order or form.
   */
  static Optional<String> text(byte[] packet) {
    if (packet.length > LARGEST) {
      return Optional.empty();
    }
    try {
      Document document = parser().parse(new ByteArrayInputStream(packet));
      NodeList all = document.getElementsByTagNameNS("*", "*");
      for (int i = 0; i < all.getLength(); i++) {
        Element element = (Element) all.item(i);
        if (element.hasAttributeNS(NAMESPACE, PROPERTY)) {
          return Optional.of(element.getAttributeNS(NAMESPACE, PROPERTY));
        }
        if (NAMESPACE.equals(element.getNamespaceURI())
            && PROPERTY.equals(element.getLocalName())) {
          return Optional.of(element.getTextContent());
        }
      }
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.empty();
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a parser that resolves no external references. */
  private static DocumentBuilder parser() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
    DocumentBuilder parser = factory.newDocumentBuilder();
    // The default handler prints errors to stderr.
    parser.setErrorHandler(new DefaultHandler());
    return parser;
  }
}
