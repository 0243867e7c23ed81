package io.reverie.jobs.kept;

import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks up the kept dreams of videos while a run is planned. Thread-safe. */
public final class KeptLookup {

  private final RunOptions options;
  private final Map<String, KeptDreams> known = new HashMap<>();

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

  /** Returns the dreams among which that of a result may be; each folder is listed once. */
  public synchronized KeptDreams beside(Location output) throws IOException {
    String folder = output.parent().absolute();
    KeptDreams dreams = known.get(folder);
    if (dreams == null) {
      dreams = KeptDreams.beside(output, options);
      known.put(folder, dreams);
    }
    return dreams;
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
