package io.reverie.video.metadata;

/** Tags of TIFF 6.0, EXIF 3.0 and their extensions. */
final class TiffTag {

  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int PHOTOMETRIC = 262;
  static final int STRIPS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int STRIP_LENGTHS = 279;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int RESOLUTION_UNIT = 296;
  static final int TILES = 324;
  static final int TILE_LENGTHS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int XMP = 700;
  static final int IPTC = 33723;
  static final int EXIF = 34665;
  static final int ICC = 34675;
  static final int GPS = 34853;

  private TiffTag() {}
}
