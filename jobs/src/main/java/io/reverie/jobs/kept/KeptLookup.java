package io.reverie.jobs.kept;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Looks up the kept dreams of videos while a run is planned. Thread-safe. */
public final class KeptLookup {

  private final RunOptions options;
  private final Map<String, KeptDreams> known = new ConcurrentHashMap<>();

  public KeptLookup(RunOptions options) {
    this.options = options;
  }

  /**
   * What was found of a video.
   *
   * @param notices sentences for the user, without full stops
   */
  public record Found(KeptDream dream, List<String> notices) implements Serializable {
    public Found {
      notices = List.copyOf(notices);
    }
  }

  /** Returns the dreams that a result may use; each root of work folders is listed once. */
  public KeptDreams beside(WorkItem item) throws IOException {
    if (options.dreams() == KeptDreamUse.IGNORE) {
      return KeptDreams.NONE;
    }
    Location root = WorkFolder.root(item.output(), options);
    try {
      return known
          .computeIfAbsent(root.absolute(), path -> KeptDreams.listed(root))
          .of(item, options);
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * Returns the dream of a video, and notices about it.
   *
   * @param segments of the video
   */
  public static Found find(
      KeptDreams dreams, DreamSource source, Location output, RunOptions options, int segments)
      throws IOException {
    List<String> notices = new ArrayList<>();
    KeptDream dream = dreams.of(source, output, options);
    int finished = dream.finished();
    if (finished >= segments) {
      notices.add("using the kept dream of %s; nothing is dreamed again".formatted(source.shown()));
    } else if (finished > 0) {
      notices.add(
          "using the kept dream of %s for %d of its %d segments"
              .formatted(source.shown(), finished, segments));
    } else {
      dreams.whyNot(source, output, options).ifPresent(notices::add);
    }
    if (dream.active() && !options.dryRun()) {
      dream.describe(source, output);
    }
    return new Found(dream, notices);
  }
}
