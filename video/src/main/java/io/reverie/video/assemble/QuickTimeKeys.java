package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_DONT_OVERWRITE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.reverie.video.ffmpeg.NoteTags;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * Tags with names of their own, such as {@code com.apple.quicktime.make}, which MOV and MP4 store
 * in a list of keys. FFmpeg writes either this list or the usual tags, so a file gets the list only
 * if its source has such tags.
 */
final class QuickTimeKeys {

  private static final Set<String> CONTAINERS = Set.of("mp4", "mov");

  /** FFmpeg's tags for the header of the source; the output has its own. */
  private static final List<String> BRANDS =
      List.of("major_brand", "minor_version", "compatible_brands");

  private static final String APPLE_LOCATION = "com.apple.quicktime.location.ISO6709";

  private QuickTimeKeys() {}

  static boolean areIn(AVDictionary tags, String container) {
    return CONTAINERS.contains(container)
        && NoteTags.all(tags).keySet().stream().anyMatch(QuickTimeKeys::isKey);
  }

  private static boolean isKey(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith("com.");
  }

  /** Prepares tags for the list: cameras' programs know a place only by Apple's name. */
  static void prepare(AVDictionary tags) {
    BRANDS.forEach(brand -> av_dict_set(tags, brand, (String) null, 0));
    String place = NoteTags.all(tags).get("location");
    if (place != null) {
      av_dict_set(tags, APPLE_LOCATION, place, AV_DICT_DONT_OVERWRITE);
    }
  }
}
