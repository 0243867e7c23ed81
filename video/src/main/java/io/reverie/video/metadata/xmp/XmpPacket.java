package io.reverie.video.metadata.xmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A packet of Adobe's Extensible Metadata Platform (ISO 16684-1): properties as RDF, each an
 * element or an attribute. Nothing outside a packet is ever loaded.
 */
public final class XmpPacket {

  public static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

  /** Limit in bytes; packets with large previews are longer. */
  private static final int LARGEST = 8 << 20;

  /** Limit of the nesting of elements. */
  private static final String DEEPEST = "100";

  private static final String BEGIN =
      "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n";
  private static final String END = "\n<?xpacket end=\"w\"?>";
  private static final String EMPTY =
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"%s\"/></x:xmpmeta>"
          .formatted(RDF);

  private final Document document;
  private final Element rdf;
  private boolean changed;

  private XmpPacket(Document document) {
    this.document = document;
    document.normalizeDocument();
    NodeList roots = document.getElementsByTagNameNS(RDF, "RDF");
    if (roots.getLength() == 0) {
      throw new IllegalArgumentException("no RDF");
    }
    this.rdf = (Element) roots.item(0);
  }

  /** Returns a packet without properties. */
  public static XmpPacket empty() {
    return parse(EMPTY.getBytes(UTF_8));
  }

  /**
   * Parses a stranger's packet.
   *
   * @throws IllegalArgumentException if it is damaged, longer than 8 MB, or deeper than any
   */
  public static XmpPacket parse(byte[] packet) {
    if (packet.length > LARGEST) {
      throw new IllegalArgumentException("too long");
    }
    try {
      int length = packet.length;
      while (length > 0 && packet[length - 1] == 0) {
        length--;
      }
      return new XmpPacket(parser().parse(new ByteArrayInputStream(packet, 0, length)));
    } catch (SAXException | IOException e) {
      throw new IllegalArgumentException(e);
    } catch (ParserConfigurationException e) {
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

  /** Returns the text of a property, wherever and in whatever form it is. */
  public Optional<String> value(String namespace, String name) {
    return nodes((space, local) -> space.equals(namespace) && local.equals(name)).stream()
        .findFirst()
        .map(Node::getTextContent);
  }

  /** Returns whether anything was changed since the packet was parsed. */
  public boolean isChanged() {
    return changed;
  }

  /** Moves the longest properties to another packet until this one has at most this many bytes. */
  public XmpPacket split(int most) {
    XmpPacket extension = empty();
    List<Element> properties = new ArrayList<>();
    for (Element description : elements(rdf)) {
      properties.addAll(elements(description));
    }
    properties.sort(Comparator.comparing(element -> -element.getTextContent().length()));
    for (Element property : properties) {
      if (bytes().length <= most) {
        break;
      }
      Element moved = extension.description();
      moved.appendChild(extension.document.importNode(property, true));
      property.getParentNode().removeChild(property);
    }
    return extension;
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  /**
   * Removes properties by namespace and local name, with all they contain.
   *
   * @return whether there were any
   */
  public boolean remove(BiPredicate<String, String> properties) {
    List<Node> nodes = nodes(properties);
    for (Node node : nodes) {
      if (node instanceof Attr attribute) {
        attribute.getOwnerElement().removeAttributeNode(attribute);
      } else if (node.getParentNode() != null) {
        node.getParentNode().removeChild(node);
      }
    }
    changed |= !nodes.isEmpty();
    return !nodes.isEmpty();
  }

  private List<Node> nodes(BiPredicate<String, String> properties) {
    List<Node> nodes = new ArrayList<>();
    collect(rdf, properties, nodes);
    return nodes;
  }

  private static void collect(
      Element parent, BiPredicate<String, String> properties, List<Node> found) {
    NamedNodeMap attributes = parent.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (isProperty(attributes.item(i), properties)) {
        found.add(attributes.item(i));
      }
    }
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        if (isProperty(element, properties)) {
          found.add(element);
        } else {
          collect(element, properties, found);
        }
      }
    }
  }

  private static boolean isProperty(Node node, BiPredicate<String, String> properties) {
    String namespace = node.getNamespaceURI();
    return namespace != null
        && !namespace.equals(RDF)
        && !namespace.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)
        && properties.test(namespace, node.getLocalName());
  }

  /** Changes the text of a property that there is. */
  public void set(String namespace, String name, String text) {
    nodes((space, local) -> space.equals(namespace) && local.equals(name)).stream()
        .filter(node -> !node.getTextContent().equals(text))
        .forEach(
            node -> {
              node.setTextContent(text);
              changed = true;
            });
  }

  /**
   * Adds properties.
   *
   * @param prefix of the namespace
   */
  public void add(String prefix, String namespace, String name, String text) {
    property(prefix, namespace, name).setTextContent(text);
  }

  /**
   * Adds a property that is a list.
   *
   * @param kind {@code Seq}, or {@code Alt} for a text in the default language
   */
  public void addList(String prefix, String namespace, String name, String kind, String text) {
    Element list = document.createElementNS(RDF, "rdf:" + kind);
    Element item = document.createElementNS(RDF, "rdf:li");
    if (kind.equals("Alt")) {
      item.setAttributeNS(XMLConstants.XML_NS_URI, "xml:lang", "x-default");
    }
    item.setTextContent(text);
    list.appendChild(item);
    property(prefix, namespace, name).appendChild(list);
  }

  private Element property(String prefix, String namespace, String name) {
    Element property = document.createElementNS(namespace, prefix + ':' + name);
    description().appendChild(property);
    changed = true;
    return property;
  }

  private Element description() {
    Element description = document.createElementNS(RDF, "rdf:Description");
    description.setAttributeNS(RDF, "rdf:about", about());
    rdf.appendChild(description);
    return description;
  }

  /** Returns what the packet is about, which all its descriptions must name. */
  private String about() {
    NodeList descriptions = rdf.getElementsByTagNameNS(RDF, "Description");
    return descriptions.getLength() == 0
        ? ""
        : ((Element) descriptions.item(0)).getAttributeNS(RDF, "about");
  }

  /** Moves the descriptions of another packet here. */
  public void add(XmpPacket extension) {
    for (Node node = extension.rdf.getFirstChild(); node != null; node = node.getNextSibling()) {
      rdf.appendChild(document.importNode(node, true));
    }
  }

  /**
   * Returns the packet as UTF-8.
   *
   * @throws IllegalArgumentException if a text has characters that XML excludes
   */
  public byte[] bytes() {
    StringWriter out = new StringWriter();
    try {
      Transformer identity = TransformerFactory.newDefaultInstance().newTransformer();
      identity.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      identity.transform(new DOMSource(document.getDocumentElement()), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IllegalArgumentException(e);
    }
    return (BEGIN + out + END).getBytes(UTF_8);
  }
}
