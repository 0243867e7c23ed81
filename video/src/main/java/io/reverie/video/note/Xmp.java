package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.video.metadata.xmp.XmpPacket;
import java.util.Optional;

/** Notes as a property of XMP (Adobe's Extensible Metadata Platform). */
final class Xmp {

  private static final String NAMESPACE = "urn:io.reverie:note/";
  private static final String PROPERTY = "note";
  private static final String BASIC = "http://ns.adobe.com/xap/1.0/";
  private static final String CREATOR = "CreatorTool";

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

  /** Returns a packet with this note instead of its own; a damaged packet is replaced. */
  static byte[] merged(byte[] packet, Note note) {
    try {
      XmpPacket xmp = XmpPacket.parse(packet);
      remove(xmp);
      xmp.remove((space, name) -> space.equals(BASIC) && name.equals(CREATOR));
      xmp.add("xmp", BASIC, CREATOR, note.program());
      xmp.add("reverie", NAMESPACE, PROPERTY, note.text());
      return xmp.bytes();
    } catch (IllegalArgumentException e) {
      return packet(note);
    }
  }

  private static boolean remove(XmpPacket xmp) {
    return xmp.remove((space, name) -> space.equals(NAMESPACE));
  }

  /** Returns a packet without its note; the packet itself if it has none or is damaged. */
  static byte[] without(byte[] packet) {
    try {
      XmpPacket xmp = XmpPacket.parse(packet);
      return remove(xmp) ? xmp.bytes() : packet;
    } catch (IllegalArgumentException e) {
      return packet;
    }
  }

  /**
   * Returns the note's text; other programs may have rewritten the packet in another order or form.
   */
  static Optional<String> text(byte[] packet) {
    try {
      return XmpPacket.parse(packet).value(NAMESPACE, PROPERTY);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
