package io.reverie.video.metadata.exif;

import java.util.Set;

/** Tags of TIFF 6.0, EXIF 3.0 and their extensions. */
public final class TiffTag {

  public static final int WIDTH = 256;
  public static final int HEIGHT = 257;
  public static final int PHOTOMETRIC = 262;
  public static final int STRIPS = 273;
  public static final int ORIENTATION = 274;
  public static final int SAMPLES = 277;
  public static final int STRIP_LENGTHS = 279;
  public static final int X_RESOLUTION = 282;
  public static final int Y_RESOLUTION = 283;
  public static final int RESOLUTION_UNIT = 296;
  public static final int THUMBNAIL = 513;
  public static final int THUMBNAIL_LENGTH = 514;
  public static final int TILES = 324;
  public static final int TILE_LENGTHS = 325;
  public static final int EXTRA_SAMPLES = 338;
  public static final int XMP = 700;
  public static final int IPTC = 33723;
  public static final int EXIF = 34665;
  public static final int ICC = 34675;
  public static final int GPS = 34853;
  public static final int PHOTOSHOP = 34377;
  public static final int SUB_DIRECTORIES = 330;

  /** In the EXIF directory. */
  public static final int MAKER_NOTE = 37500;

  public static final int USER_COMMENT = 37510;
  public static final int COLOUR_SPACE = 40961;
  public static final int PIXEL_WIDTH = 40962;
  public static final int PIXEL_HEIGHT = 40963;
  public static final int INTEROPERABILITY = 40965;

  /** In the interoperability directory. */
  public static final int RELATED_WIDTH = 4097;

  public static final int RELATED_HEIGHT = 4098;
  public static final int INTEROPERABILITY_INDEX = 1;

  /**
   * Tags of a TIFF's first directory that describe the picture, not how its pixels are stored:
   * texts (269-272, 285, 305, 306, 315, 316, 33432, Windows' 40091-40095), density, rating, and
   * dates that belong to EXIF; and the orientation, by which the picture was turned.
   */
  public static final Set<Integer> DESCRIPTIVE =
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
