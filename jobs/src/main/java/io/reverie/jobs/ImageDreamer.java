package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.Still;
import io.reverie.video.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;

/** Dreams one still on an executor: read, dream, publish. */
record ImageDreamer(
    Recipe recipe, RunOptions options, LongAccumulator progress, ItemListener listener)
    implements Serializable {

  Outcome dream(Wish wish) {
    listener.begun(wish);
    Outcome outcome = outcome(wish);
    listener.ended(wish, outcome);
    progress.add(1);
    return outcome;
  }

  private Outcome outcome(Wish wish) {
    long begun = System.nanoTime();
    String output = wish.output().text();
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return Outcome.failed(wish.input(), output, fatal.get());
    }
    try {
      List<String> warnings = write(wish);
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Outcome(wish.input(), output, Outcome.Status.DREAMED, 1, 0, seconds, "", warnings);
    } catch (IOException | RuntimeException e) {
      return Outcome.failed(wish.input(), output, Failure.of(e));
    }
  }

  private List<String> write(Wish wish) throws IOException {
    PipelineSpec spec = recipe.spec();
    Still still = Stills.read(StoredMedia.of(Location.of(wish.input())));
    Size size = spec.size().of(new Size(still.frame().height(), still.frame().width()));
    Frame source =
        Stills.scale(still.frame(), new io.reverie.video.Size(size.width(), size.height()));
    Dreamer dreamer = Dreamers.of(recipe, options.device().ofTask());
    Dream dream = dreamer.dream(new Image(size, source.rgb()), spec.dreamSize().of(size), 0);
    byte[] bytes =
        Stills.encode(
            source.withRgb(dream.image().rgb()),
            wish.output().name(),
            still.bitDepth(),
            spec.images().quality());
    Storage.of(wish.output()).write(wish.output(), bytes);
    List<String> warnings = new ArrayList<>();
    dream
        .seams()
        .ifPresent(
            seams ->
                warnings.add(
                    String.format(
                        Locale.ROOT,
                        "dreamed in tiles of %d px; seam number %.3f (1 is no seam)",
                        spec.tiling().side(),
                        seams)));
    int left = spec.octaves().count() - dream.octaves().size();
    if (left > 0 && spec.strength() > 0) {
      warnings.add(
          "%d of %d octaves are too small for the network and were left out"
              .formatted(left, spec.octaves().count()));
    }
    return warnings;
  }
}
