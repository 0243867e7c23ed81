package io.reverie.video.assemble;

import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.NoteTags;
import io.reverie.video.note.Note;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds a file's tags that the output lacks: few containers store every name. */
final class LostTags {

  /** Tags about the source file itself, and the timecode, which has a sentence of its own. */
  private static final Set<String> TECHNICAL =
      Set.of(
          "major_brand", "minor_version", "compatible_brands", "encoder", "duration", "timecode");

  /** Reverie writes no tags into them, and FFmpeg cannot read every WebP. */
  private static final Set<String> ANIMATIONS = Set.of("gif", "webp", "apng");

  private LostTags() {}

  /**
   * Compares the tags of two files; muxers rename tags, so a value counts under any name.
   *
   * @return a warning
   */
  static Optional<String> sentence(MediaSource source, MediaSource output, String container) {
    Map<String, String> before = tags(source);
    Map<String, String> after = ANIMATIONS.contains(container) ? Map.of() : tags(output);
    TECHNICAL.forEach(before::remove);
    Set<String> values = new HashSet<>();
    List<String> lost =
        before.entrySet().stream()
            // MP4's place has a second name with a language.
            .filter(tag -> values.add(tag.getValue()))
            .filter(tag -> !Note.isNote(tag.getValue()) && !tag.getValue().isBlank())
            .filter(tag -> !after.containsKey(tag.getKey()))
            .filter(tag -> after.values().stream().noneMatch(tag.getValue()::equals))
            .map(Map.Entry::getKey)
            .toList();
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "dropped the %s %s: %s cannot store %s"
                .formatted(
                    lost.size() == 1 ? "tag" : "tags",
                    String.join(", ", lost),
                    StreamHandling.title(container),
                    lost.size() == 1 ? "it" : "them"));
  }

  /** Returns tags by names without regard to case. */
  private static Map<String, String> tags(MediaSource media) {
    Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try (MediaInput input = MediaInput.open(media)) {
      tags.putAll(NoteTags.all(input.context().metadata()));
      for (int i = 0; i < input.context().nb_programs(); i++) {
        NoteTags.all(input.context().programs(i).metadata()).forEach(tags::putIfAbsent);
      }
    }
    return tags;
  }
}
