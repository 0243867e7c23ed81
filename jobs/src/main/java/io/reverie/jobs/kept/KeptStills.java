package io.reverie.jobs.kept;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.text.Count;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * The kept dreams of the stills of a run.
 *
 * @param known dreams that earlier runs kept
 * @param folder of all results
 */
public record KeptStills(KeptDreams known, KeptCounter counter, RunOptions options, Location folder)
    implements Serializable {

  /** Finds the dreams that earlier runs kept. */
  public static KeptStills of(SparkContext spark, RunOptions options, List<WorkItem> items) {
    Location folder = items.get(0).folder();
    try {
      KeptDreams known = KeptDreams.of(items, options);
      return new KeptStills(known, KeptCounter.of(spark), options, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what only the task of one still needs to know; {@link #with} completes the rest. */
  public KeptDreams only(WorkItem item) {
    return known.of(item, options);
  }

  /**
   * Returns what the tasks of all stills need to know. It belongs into their closure: the counters
   * do not count in what tasks work on.
   */
  public KeptStills common() {
    return with(KeptDreams.NONE);
  }

  public KeptStills with(KeptDreams own) {
    return new KeptStills(own, counter, options, folder);
  }

  /** Tells whether an earlier run kept the dream of an input. */
  public boolean has(DreamSource source, Location output) throws IOException {
    return known.of(source, output, options).isFinished(0, 1);
  }

  /**
   * Returns the kept dream of a still, or dreams it, and keeps that if the user wants it.
   *
   * @param image the source at its own size
   * @param size of the ascent
   * @param strength of the result
   * @param fresh dreams it
   * @param warnings receives why a kept dream cannot be used
   */
  public Dream dream(
      WorkItem item,
      DreamSource source,
      Image image,
      Size size,
      double strength,
      Supplier<Dream> fresh,
      List<String> warnings)
      throws IOException {
    KeptDream kept = known.of(source, item.output(), options);
    if (kept.active()) {
      WorkFolder.requireInside(item.output(), options);
    }
    if (kept.isFinished(0, 1)) {
      Optional<Dream> earlier = earlier(kept, Dreamer.sized(image, size));
      if (earlier.isPresent()) {
        counter.used().add(1);
        return earlier.get().at(strength, image);
      }
    } else if (!known.isEmpty()) {
      known.whyNot(source, item.output(), options).ifPresent(warnings::add);
    }
    Dream dream = fresh.get();
    if (kept.active()) {
      keep(kept, source, item, dream, Dreamer.sized(image, size));
    }
    return dream;
  }

  private static Optional<Dream> earlier(KeptDream kept, Image source) throws IOException {
    try (PieceReader piece = kept.reader(0, 0, source.size())) {
      Dream dream = piece.next(0, source).dream();
      piece.finish();
      return Optional.of(dream);
    } catch (DamagedDreamException e) {
      return Optional.empty();
    }
  }

  private void keep(KeptDream kept, DreamSource source, WorkItem item, Dream dream, Image small)
      throws IOException {
    kept.describe(source, item.output());
    try (PieceWriter piece = kept.writer(0, 0)) {
      piece.write(new KeptFrame(0, dream, 0, true), small);
      piece.publish();
      counter.bytes().add(piece.bytes());
    }
    kept.finish(0, 1);
    counter.kept().add(1);
  }

  /** Reports at the end what was used and what was kept. */
  public void tell(RunListener run) {
    long used = counter.used().value();
    if (used > 0) {
      run.notice(
          "used the kept %s of %s, without dreaming again"
              .formatted(used == 1 ? "dream" : "dreams", Count.of(used, "image")));
    }
    new KeptSize(counter.kept().value(), counter.bytes().value(), folder)
        .sentence("image")
        .ifPresent(run::notice);
  }
}
