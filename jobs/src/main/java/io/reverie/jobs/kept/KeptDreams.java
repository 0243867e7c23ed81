package io.reverie.jobs.kept;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kept dreams that a run finds.
 *
 * @param folders number of finished segments of each, by its folder
 */
public record KeptDreams(SortedMap<String, Integer> folders) implements Serializable {

  public static final KeptDreams NONE = new KeptDreams(new TreeMap<>());

  private static final Pattern FOLDER =
      Pattern.compile("(.+)-[0-9a-f]{16}" + Pattern.quote(WorkFolder.DREAM), Pattern.DOTALL);

  public KeptDreams {
    folders = Collections.unmodifiableSortedMap(new TreeMap<>(folders));
  }

  /** Finds the dreams in a folder, at any depth. */
  public static KeptDreams below(Location folder) throws IOException {
    SortedMap<String, Integer> found = new TreeMap<>();
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
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    return new KeptDreams(found);
  }

  /** Finds the dreams that several results can use. */
  static KeptDreams of(List<WorkItem> items, RunOptions options) throws IOException {
    if (options.dreams() == KeptDreamUse.IGNORE) {
      return NONE;
    }
    Map<String, Location> places = new HashMap<>();
    items.stream()
        .map(item -> WorkFolder.root(item.output(), options))
        .forEach(root -> places.put(root.absolute(), root));
    Map<String, Integer> found = new ConcurrentHashMap<>();
    try {
      places.values().parallelStream().forEach(place -> found.putAll(listed(place).folders()));
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    return new KeptDreams(new TreeMap<>(found));
  }

  static KeptDreams listed(Location place) {
    try {
      return below(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns those that results of an input may use, so that its task carries no others. */
  KeptDreams of(WorkItem item, RunOptions options) {
    if (isEmpty()) {
      return this;
    }
    String name = DreamSource.name(item.input());
    String prefix = WorkFolder.root(item.output(), options).resolve(name).absolute() + "-";
    return new KeptDreams(folders.subMap(prefix, prefix + Character.MAX_VALUE));
  }

  public boolean isEmpty() {
    return folders.isEmpty();
  }

  /** Returns the dream of a source; active if it is to be kept or partly exists. */
  public KeptDream of(DreamSource source, Location output, RunOptions options) {
    WorkFolder folder = KeptDream.place(source, output, options);
    int finished = folders.getOrDefault(folder.folder().absolute(), 0);
    return switch (options.dreams()) {
      case IGNORE -> KeptDream.NONE;
      case USE -> finished > 0 ? new KeptDream(folder, true, finished) : KeptDream.NONE;
      case KEEP -> new KeptDream(folder, true, finished);
    };
  }

  /**
   * Explains why no kept dream of an input can be used.
   *
   * @return a sentence without a full stop; empty if there is none of this input
   */
  public Optional<String> whyNot(DreamSource source, Location output, RunOptions options)
      throws IOException {
    WorkFolder wanted = KeptDream.place(source, output, options);
    List<List<String>> differences = new ArrayList<>();
    boolean anotherInput = false;
    for (WorkFolder other : others(wanted.folder(), source.name())) {
      Optional<Description> made = Description.of(other);
      if (made.isPresent() && made.get().input().equals(source.inputHash())) {
        differences.add(made.get().changes(source, output));
      } else if (made.isPresent()) {
        anotherInput = true;
      }
    }
    Optional<List<String>> nearest = differences.stream().min(Comparator.comparingInt(List::size));
    if (nearest.isPresent()) {
      String difference =
          nearest.get().isEmpty()
              ? "files of other content, or another version of Reverie"
              : SettingsDifference.phrase(nearest.get());
      return Optional.of(
          "the kept dream of %s was made with other settings (%s), so it is dreamed again"
              .formatted(source.shown(), difference));
    }
    return anotherInput
        ? Optional.of(
            "the kept dream of %s was made from another version of it, or another input of that name, so it is dreamed again"
                .formatted(source.shown()))
        : Optional.empty();
  }

  private List<WorkFolder> others(Location wanted, String name) {
    String prefix = wanted.parent().resolve(name).absolute() + "-";
    return folders.subMap(prefix, prefix + Character.MAX_VALUE).keySet().stream()
        .map(Location::new)
        .filter(folder -> folder.parent().absolute().equals(wanted.parent().absolute()))
        .filter(folder -> isNamed(folder, name) && !folder.name().equals(wanted.name()))
        .map(WorkFolder::new)
        .toList();
  }

  private static boolean isNamed(Location folder, String name) {
    Matcher matcher = FOLDER.matcher(folder.name());
    return matcher.matches() && matcher.group(1).equals(name);
  }
}
