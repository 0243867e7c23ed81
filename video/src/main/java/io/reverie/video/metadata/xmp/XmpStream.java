package io.reverie.video.metadata.xmp;

import java.util.List;
import java.util.Set;

/** The properties of XMP that depend on the pixels. */
public final class XmpStream {

  private static final String TIFF = "http://ns.adobe.com/tiff/1.0/";
  private static final String EXIF = "http://ns.adobe.com/exif/1.0/";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/";
  private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";

  /** Previews, which show the source. */
  private static final String PREVIEW = "http://ns.adobe.com/xap/1.0/g/img/";

  /** Second pictures, and their positions in the rest of a phone's file, which is not kept. */
  private static final Set<String> PARTS =
      Set.of(
          "http://ns.adobe.com/hdr-gain-map/1.0/",
          "http://ns.apple.com/HDRGainMap/1.0/",
          "http://ns.google.com/photos/1.0/audio/",
          "http://ns.google.com/photos/1.0/camera/",
          "http://ns.google.com/photos/1.0/container/",
          "http://ns.google.com/photos/1.0/depthmap/",
          "http://ns.google.com/photos/1.0/image/",
          "http://ns.google.com/photos/dd/1.0/device/");

  /** A loss of phones' files, which their structure may name too. */
  public static final String SECOND_PICTURE = "its gain map, depth map or motion was left out";

  private XmpStream() {}

  /**
   * Describes an upright picture of another size without previews and second pictures.
   *
   * @param srgb whether its pixels are sRGB
   */
  public static byte[] described(
      byte[] packet, int width, int height, boolean srgb, List<String> losses) {
    XmpPacket xmp = XmpPacket.parse(packet);
    xmp.set(TIFF, "Orientation", "1");
    for (String[] size : new String[][] {{TIFF, "ImageWidth"}, {EXIF, "PixelXDimension"}}) {
      xmp.set(size[0], size[1], Integer.toString(width));
    }
    for (String[] size : new String[][] {{TIFF, "ImageLength"}, {EXIF, "PixelYDimension"}}) {
      xmp.set(size[0], size[1], Integer.toString(height));
    }
    if (srgb) {
      xmp.set(EXIF, "ColorSpace", "1");
      xmp.remove((space, name) -> space.equals(PHOTOSHOP) && name.equals("ICCProfile"));
    }
    xmp.remove((space, name) -> space.equals(XMP) && name.equals("Thumbnails"));
    xmp.remove((space, name) -> space.equals(PREVIEW));
    if (xmp.remove((space, name) -> PARTS.contains(space))) {
      losses.add(SECOND_PICTURE);
    }
    return xmp.isChanged() ? xmp.bytes() : packet;
  }

  public static byte[] withoutPrivate(byte[] packet) {
    XmpPacket xmp = XmpPacket.parse(packet);
    xmp.remove((space, name) -> PrivateData.isName(name));
    return xmp.bytes();
  }
}
