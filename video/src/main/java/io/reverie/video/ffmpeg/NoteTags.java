package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import io.reverie.video.MediaSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;

/** Stores notes in the metadata tags of videos; the source's other tags stay. */
public final class NoteTags {

  /** Tags that can hold a note, in order of preference. Existing tags of the source stay. */
  private static final Map<String, List<String>> TAGS_BY_CONTAINER =
      Map.of(
          "matroska", List.of("REVERIE"),
          "webm", List.of("REVERIE"),
          "mp4", List.of("comment", "description", "synopsis"),
          "mov", List.of("comment"),
          "avi", List.of("comment", "ISBJ"));

  /** QuickTime stores a tag's length in 16 bits. */
  private static final int LARGEST_IN_MOV = 0xFFFF;

  private NoteTags() {}

  /**
   * Sets a note and removes that of a source that is itself a dream.
   *
   * @return whether the container can store it
   */
  public static boolean put(
      AVDictionary tags, String container, String note, Predicate<String> isNote) {
    entries(tags).stream()
        .filter(tag -> isNote.test(tag.value()))
        .forEach(tag -> av_dict_set(tags, tag.key(), (String) null, 0));
    if (container.equals("mov") && note.length() > LARGEST_IN_MOV) {
      return false;
    }
    Optional<String> free =
        TAGS_BY_CONTAINER.getOrDefault(container, List.of()).stream()
            .filter(key -> av_dict_get(tags, key, null, 0) == null)
            .findFirst();
    free.ifPresent(key -> av_dict_set(tags, key, note, 0));
    return free.isPresent();
  }

  /** Returns the text of a video's note. */
  public static Optional<String> read(MediaSource source, Predicate<String> isNote) {
    try (MediaInput input = MediaInput.open(source)) {
      return entries(input.context().metadata()).stream()
          .map(Tag::value)
          .filter(isNote)
          .findFirst();
    }
  }

  /** Returns all tags by their names. */
  public static Map<String, String> all(AVDictionary tags) {
    Map<String, String> all = new LinkedHashMap<>();
    entries(tags).forEach(tag -> all.put(tag.key(), tag.value()));
    return all;
  }

  private record Tag(String key, String value) {}

  private static List<Tag> entries(AVDictionary tags) {
    List<Tag> all = new ArrayList<>();
    AVDictionaryEntry entry = av_dict_get(tags, "", null, AV_DICT_IGNORE_SUFFIX);
    while (entry != null && !entry.isNull()) {
      all.add(new Tag(entry.key().getString(), entry.value().getString()));
      entry = av_dict_get(tags, "", entry, AV_DICT_IGNORE_SUFFIX);
    }
    return all;
  }
}
