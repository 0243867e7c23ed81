package io.reverie.jobs.images;

import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredSeries;
import io.reverie.temporal.mask.FrameMasks;
import io.reverie.video.Frame;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.note.StillNotes;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;

/** Dreams one still on an executor: read, dream, publish. */
record ImageDreamer(
    ResolvedSpec recipe, RunOptions options, LongAccumulator progress, ItemListener listener)
    implements Serializable {

  Outcome dream(WorkItem wish) {
    listener.begun(wish);
    Outcome outcome = ItemWork.outcome(wish, () -> new ItemWork.Made(1, write(wish)));
    listener.ended(wish, outcome);
    progress.add(1);
    return outcome;
  }

  private List<String> write(WorkItem wish) throws IOException {
    requireSilent(recipe.spec(), wish.input());
    MemoryNeed need = StillSource.need(wish, recipe.spec());
    return MemoryGate.here().during(need, () -> writeWithin(wish, recipe.spec()));
  }

  private List<String> writeWithin(WorkItem wish, PipelineSpec spec) throws IOException {
    StillSource original = StillSource.of(wish, spec);
    Frame source = original.still().frame();
    spec.mask().require(wish.input(), source.alpha().isPresent());
    Mask mask = mask(spec, spec.dreamSize().of(original.image().size()), source);
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
        Provenance.of("images", recipe, original.source(), wish.output(), MachineInfo.here(device));
    publish(bytes, provenance, wish.output(), warnings);
    warn(dreamer, dream, mask, warnings);
    return warnings;
  }

  private static Mask mask(PipelineSpec spec, Size size, Frame source) throws IOException {
    return FrameMasks.ofStill(
        StoredSeries.open("mask", spec.mask().picture()), spec.mask().settings(), size, source);
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
      dreamer.spec().skippedOctaves(dream.octaves().size()).ifPresent(warnings::add);
    }
    dream
        .seamRatio()
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
