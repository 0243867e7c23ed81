package io.reverie.jobs.kept;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.provenance.OtherSettings;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kept dreams that a run finds.
 *
 * @param folders number of finished segments of each, by its folder
 */
public record KeptDreams(Map<String, Integer> folders) implements Serializable {

  public static final KeptDreams NONE = new KeptDreams(Map.of());

  private static final Pattern FOLDER =
      Pattern.compile("(.+)-[0-9a-f]{16}" + Pattern.quote(WorkFolder.DREAM), Pattern.DOTALL);

  public KeptDreams {
    folders = Map.copyOf(folders);
  }

  /** Finds the dreams in a folder, at any depth. */
  public static KeptDreams below(Location folder) throws IOException {
    Map<String, Integer> found = new HashMap<>();
    try (Stream<FileEntry> files = Storage.of(folder).list(folder)) {
      files
          .map(FileEntry::location)
          .filter(file -> FOLDER.matcher(file.parent().name()).matches())
          .forEach(
              file ->
                  found.merge(
                      file.parent().absolute(),
                      file.name().endsWith(KeptDream.FINISHED) ? 1 : 0,
                      Integer::sum));
    }
    return new KeptDreams(found);
  }

  /** Finds the dreams that results beside an output can use. */
  public static KeptDreams beside(Location output, RunOptions options) throws IOException {
    return below(WorkFolder.root(output, options));
  }

  public boolean isEmpty() {
    return folders.isEmpty();
  }

  /** The dream of a source: active if it is to be kept, or there is any of it. */
  public KeptDream of(DreamSource source, Location output, RunOptions options) {
    KeptDream dream = KeptDream.of(source, output, options, true);
    return options.keepDream() || finished(dream) > 0 ? dream : KeptDream.NONE;
  }

  /** The number of finished segments of a dream. */
  public int finished(KeptDream dream) {
    return dream.active() ? folders.getOrDefault(dream.folder().folder().absolute(), 0) : 0;
  }

  /**
   * Tells why no kept dream of an input can be used.
   *
   * @return a sentence without a full stop; empty if there is none of this input
   */
  public Optional<String> whyNot(DreamSource source, Location output, RunOptions options)
      throws IOException {
    KeptDream wanted = KeptDream.of(source, output, options, true);
    List<List<String>> differences = new ArrayList<>();
    boolean anotherInput = false;
    for (KeptDream other : others(wanted, source.name())) {
      Optional<Description> made = other.description();
      if (made.isPresent() && made.get().input().equals(source.inputHash())) {
        differences.add(made.get().changes(source, output));
      } else if (made.isPresent()) {
        anotherInput = true;
      }
    }
    Optional<List<String>> nearest =
        differences.stream().min(Comparator.comparingInt(List::size));
    if (nearest.isPresent()) {
      String difference =
          nearest.get().isEmpty()
              ? "files of other content, or another version of Reverie"
              : OtherSettings.phrase(nearest.get());
      return Optional.of(
          "the kept dream of %s was made with other settings (%s), so it is dreamed again"
              .formatted(source.shown(), difference));
    }
    return anotherInput
        ? Optional.of(
            "the kept dream of %s was made from another version of it, so it is dreamed again"
                .formatted(source.shown()))
        : Optional.empty();
  }

  private List<KeptDream> others(KeptDream wanted, String name) {
    Location parent = wanted.folder().folder().parent();
    return folders.keySet().stream()
        .map(Location::new)
        .filter(folder -> folder.parent().absolute().equals(parent.absolute()))
        .filter(folder -> isNamed(folder, name))
        .filter(folder -> !folder.name().equals(wanted.folder().folder().name()))
        .map(folder -> new KeptDream(new WorkFolder(folder), true))
        .toList();
  }

  private static boolean isNamed(Location folder, String name) {
    Matcher matcher = FOLDER.matcher(folder.name());
    return matcher.matches() && matcher.group(1).equals(name);
  }
}
