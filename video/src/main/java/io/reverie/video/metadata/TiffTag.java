package io.reverie.video.metadata;

import java.util.Set;

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
  static final int THUMBNAIL = 513;
  static final int THUMBNAIL_LENGTH = 514;
  static final int TILES = 324;
  static final int TILE_LENGTHS = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int XMP = 700;
  static final int IPTC = 33723;
  static final int EXIF = 34665;
  static final int ICC = 34675;
  static final int GPS = 34853;
  static final int PHOTOSHOP = 34377;
  static final int SUB_DIRECTORIES = 330;

  /** In the EXIF directory. */
  static final int MAKER_NOTE = 37500;

  static final int USER_COMMENT = 37510;
  static final int COLOUR_SPACE = 40961;
  static final int PIXEL_WIDTH = 40962;
  static final int PIXEL_HEIGHT = 40963;
  static final int INTEROPERABILITY = 40965;

  /** In the interoperability directory. */
  static final int RELATED_WIDTH = 4097;

  static final int RELATED_HEIGHT = 4098;
  static final int INTEROPERABILITY_INDEX = 1;

  /**
   * Tags of a TIFF's first directory that describe the picture, not how its pixels are stored:
   * texts (269-272, 285, 305, 306, 315, 316, 33432, Windows' 40091-40095), density, rating, and
   * dates that belong to EXIF; and the orientation, by which the picture was turned.
   */
  static final Set<Integer> DESCRIPTIVE =
      Set.of(
          269,
          270,
          271,
          272,
          285,
          305,
          306,
          315,
          316,
          33432,
          40091,
          40092,
          40093,
          40094,
          40095,
          ORIENTATION,
          X_RESOLUTION,
          Y_RESOLUTION,
          RESOLUTION_UNIT,
          18246,
          18249,
          36867,
          36868,
          36880,
          36881,
          36882);

  private TiffTag() {}
}
