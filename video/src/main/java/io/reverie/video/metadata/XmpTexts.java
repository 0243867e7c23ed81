package io.reverie.video.metadata;

import io.reverie.video.metadata.xmp.XmpPacket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PNG's texts as properties of XMP, for the formats that have no texts. */
final class XmpTexts {

  private static final String DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
  private static final String PNG = "http://ns.adobe.com/png/1.0/";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";

  private record Property(String name, String kind) {}

  /** The keywords that the PNG specification defines and XMP has. */
  private static final Map<String, Property> PROPERTIES =
      Map.of(
          "Title", new Property("title", "Alt"),
          "Author", new Property("creator", "Seq"),
          "Description", new Property("description", "Alt"),
          "Copyright", new Property("rights", "Alt"));

  private XmpTexts() {}

  /**
   * Adds texts to a packet; what it has already stays.
   *
   * @throws IllegalArgumentException if the packet is damaged
   */
  static byte[] added(Optional<byte[]> packet, List<TextItem> texts) {
    XmpPacket xmp = packet.map(XmpPacket::parse).orElseGet(XmpPacket::empty);
    for (TextItem text : texts) {
      Property property = PROPERTIES.get(text.keyword());
      String plain = text.text().replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "");
      if (text.keyword().equals("Software")) {
        if (xmp.value(XMP, "CreatorTool").isEmpty()) {
          xmp.add("xmp", XMP, "CreatorTool", plain);
        }
      } else if (property == null) {
        xmp.add("png", PNG, name(text.keyword()), plain);
      } else if (xmp.value(DUBLIN_CORE, property.name()).isEmpty()) {
        xmp.addList("dc", DUBLIN_CORE, property.name(), property.kind(), plain);
      }
    }
    return xmp.bytes();
  }

  /** Returns a keyword as a name in XML. */
  private static String name(String keyword) {
    String name = keyword.replaceAll("[^A-Za-z0-9_.-]", "");
    return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "Text" + name : name;
  }
}
