package io.reverie.video.metadata.xmp;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The metadata that shows where a picture was taken and with which device: one list for all
 * formats.
 */
public final class PrivateData {

  /**
   * Owner (42032, 65000), serial numbers of body and lens (42033, 42037, 50735, 65001), unique
   * numbers of the picture (42016, 50781), maker notes (37500, 50740), computer (316).
   */
  private static final Set<Integer> TAGS =
      Set.of(42032, 65000, 42033, 42037, 50735, 65001, 42016, 50781, 37500, 50740, 316);

  /** IPTC-IIM's city, sublocation, province, country, and location of the content. */
  private static final Set<Integer> DATASETS = Set.of(26, 27, 90, 92, 95, 100, 101);

  private static final List<String> PARTS =
      List.of(
          "gps",
          "latitude",
          "longitude",
          "serialnumber",
          "ownername",
          "imageuniqueid",
          "rawdatauniqueid",
          "makernote",
          "hostcomputer",
          "locationcreated",
          "locationshown");

  private static final Set<String> NAMES =
      Set.of("location", "city", "state", "country", "countrycode");

  private PrivateData() {}

  public static boolean isTag(int tag) {
    return TAGS.contains(tag);
  }

  public static boolean isDataset(int dataset) {
    return DATASETS.contains(dataset);
  }

  /** Judges a property of XMP, or the keyword of a text, with or without a prefix. */
  public static boolean isName(String name) {
    String local = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    return NAMES.contains(local) || PARTS.stream().anyMatch(local::contains);
  }
}
