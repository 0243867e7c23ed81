package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Mask;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.provenance.Machine;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.region.Region;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.Frame;
import io.reverie.video.Stills;
import io.reverie.video.note.StillNotes;
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
    if (!spec.schedule().heard().isEmpty()) {
      throw UserException.environment(
          "%s is a still and has no sound for %s to follow; give one value"
              .formatted(wish.input(), String.join(", ", spec.schedule().heard())));
    }
    Original original = Original.of(wish, spec);
    Image image = original.image();
    String device = options.device().ofTask();
    Dreamer dreamer = Dreamers.of(recipe, device);
    Frame source = original.still().frame();
    spec.mask().require(wish.input(), source.alpha().isPresent());
    Mask mask = Region.of(spec.mask(), spec.dreamSize().of(image.size()), source);
    Dream dream = dreamer.dream(image, mask, 0);
    byte[] bytes =
        Stills.encode(
            source.withRgb(dream.image().rgb()),
            wish.output().name(),
            original.still().bitDepth(),
            spec.images().quality());
    List<String> warnings = new ArrayList<>();
    Provenance provenance =
        Provenance.of("images", recipe, original.source(), wish.output(), Machine.here(device));
    publish(bytes, provenance, wish.output(), warnings);
    if (mask.isEmpty()) {
      warnings.add("the mask is black everywhere, so nothing was dreamed");
    }
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
    if (left > 0 && spec.strength() > 0 && !mask.isEmpty()) {
      warnings.add(
          "%d of %d octaves are too small for the network and were left out"
              .formatted(left, spec.octaves().count()));
    }
    return warnings;
  }

  /** What stands beside it comes first: the picture says that all is there. */
  private static void publish(
      byte[] still, Provenance provenance, Location output, List<String> warnings)
      throws IOException {
    Optional<byte[]> noted = StillNotes.put(still, provenance.note());
    if (noted.isEmpty()) {
      warnings.add(
          "its settings are too long for such a file and stand in %s alone"
              .formatted(Sidecar.of(output).name()));
    }
    Sidecar.write(provenance, output);
    Storage.of(output).write(output, noted.orElse(still));
  }
}
