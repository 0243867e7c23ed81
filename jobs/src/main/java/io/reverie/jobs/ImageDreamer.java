package io.reverie.jobs;

import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Mask;
import io.reverie.jobs.memory.Room;
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
import io.reverie.video.memory.Need;
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
    Outcome outcome = ItemWork.outcome(wish, () -> new ItemWork.Made(1, write(wish)));
    listener.ended(wish, outcome);
    progress.add(1);
    return outcome;
  }

  private List<String> write(Wish wish) throws IOException {
    requireSilent(recipe.spec(), wish.input());
    Need need = Original.need(wish, recipe.spec());
    return Room.here().during(need, () -> writeWithin(wish, recipe.spec()));
  }

  private List<String> writeWithin(Wish wish, PipelineSpec spec) throws IOException {
    Original original = Original.of(wish, spec);
    Frame source = original.still().frame();
    spec.mask().require(wish.input(), source.alpha().isPresent());
    Mask mask = Region.of(spec.mask(), spec.dreamSize().of(original.image().size()), source);
    String device = options.device().ofTask();
    Dreamer dreamer = Dreamers.of(recipe, device);
    Dream dream = dreamer.dream(original.image(), mask, 0);
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
    warn(dreamer, dream, mask, warnings);
    return warnings;
  }

  private static void requireSilent(PipelineSpec spec, String input) {
    if (!spec.schedule().heard().isEmpty()) {
      throw UserException.environment(
          "%s is a still and has no sound for %s to follow; give one value"
              .formatted(input, String.join(", ", spec.schedule().heard())));
    }
  }

  private static void warn(Dreamer dreamer, Dream dream, Mask mask, List<String> warnings) {
    if (mask.isEmpty()) {
      warnings.add("the mask is black everywhere, so nothing was dreamed");
    } else if (dreamer.spec().strength() > 0) {
      dreamer.spec().leftOut(dream.octaves().size()).ifPresent(warnings::add);
    }
    dream
        .seams()
        .ifPresent(
            seams ->
                warnings.add(
                    String.format(
                        Locale.ROOT,
                        "dreamed in tiles of %d px; seam number %.3f (1 is no seam)",
                        dreamer.tiling().side(),
                        seams)));
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
