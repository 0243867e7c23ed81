package io.reverie.jobs.kept;

import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks up the kept dreams of videos while a run is planned. Not thread-safe. */
public final class KeptLookup {

  private final RunOptions options;
  private final Map<String, KeptDreams> known = new HashMap<>();
  private final List<String> notices = new ArrayList<>();

  public KeptLookup(RunOptions options) {
    this.options = options;
  }

  /**
   * Returns the dream of a video, and collects notices about it.
   *
   * @param segments of the video
   */
  public KeptDream of(DreamSource source, Location output, int segments) throws IOException {
    KeptDreams dreams = beside(output);
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
    return dream;
  }

  private KeptDreams beside(Location output) throws IOException {
    String folder = output.parent().absolute();
    KeptDreams dreams = known.get(folder);
    if (dreams == null) {
      dreams = KeptDreams.beside(output, options);
      known.put(folder, dreams);
    }
    return dreams;
  }

  /** Sentences for the user, without full stops. */
  public List<String> notices() {
    return List.copyOf(notices);
  }
}
