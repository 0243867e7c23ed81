package io.reverie.jobs.images;

import static io.reverie.jobs.operation.WorkMeter.timed;

import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.kept.DreamSource;
import io.reverie.jobs.kept.KeptStills;
import io.reverie.jobs.listing.StoredSeries;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.operation.WorkCounter;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.mask.FrameMasks;
import io.reverie.video.Frame;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.note.StillNotes;
import io.reverie.video.still.Still;
import io.reverie.video.still.StillFormat;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dreams one still image in a Spark task: reads, dreams, publishes. */
record ImageDreamer(
    ResolvedSpec resolved,
    RunOptions options,
    FrameCounter progress,
    ItemListener listener,
    Snapshots snapshots,
    KeptStills kept)
    implements Serializable {

  Outcome dream(WorkItem item) {
    listener.begun(item);
    StillProgress image = new StillProgress(progress);
    Outcome outcome =
        new Piece(Kind.IMAGE, item.input(), 0, options.device()::ofTask)
            .during(() -> ItemWork.outcome(item, () -> write(item, image)), Outcome::end);
    listener.ended(item, outcome);
    image.end();
    return outcome;
  }

  /**
   * Returns the outcome if an attempt that was lost, with its outcome, has published the result.
   * Never fails: what cannot be told is dreamed again.
   */
  Optional<Outcome> finished(WorkItem item) {
    if (!isPublished(item)) {
      return Optional.empty();
    }
    Outcome outcome = Outcome.dreamed(item, 1, 0, List.of());
    listener.ended(item, outcome);
    progress.add(1);
    return Optional.of(outcome);
  }

  /** A result that may have been there before this run must record the same provenance. */
  private boolean isPublished(WorkItem item) {
    Location output = item.output();
    try {
      if (!options.overwrite()) {
        return Storage.of(output).find(output).isPresent();
      }
      return Provenance.of(
              "images",
              resolved,
              StillSource.info(item),
              output,
              MachineInfo.ofThisMachine(options.device().ofTask()))
          .isRecordedIn(output);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private ItemWork.Result write(WorkItem item, StillProgress image) throws IOException {
    requireNoSound(resolved.spec(), item.input());
    StillInput input = StillInput.of(item);
    MemoryNeed need = StillSource.need(input, resolved.spec());
    return MemoryGate.forThisProcess()
        .during(need, () -> writeInMemory(input, resolved.spec(), image));
  }

  private ItemWork.Result writeInMemory(StillInput input, PipelineSpec spec, StillProgress image)
      throws IOException {
    WorkItem item = input.item();
    StillSource source = timed(WorkCounter.DECODE_SECONDS, () -> StillSource.of(input, spec));
    String device = options.device().ofTask();
    Dreamer dreamer = Dreamers.of(resolved, device, options.batch()).withListener(image);
    List<String> warnings = new ArrayList<>();
    Made made = make(source, item, spec, mask -> dream(source, item, dreamer, mask, warnings));
    picture(item, source.frame(), made.dream());
    warnings.addAll(made.result().notes());
    warnings.addAll(made.metadata().losses());
    warnings.addAll(made.encoded().losses());
    Provenance provenance =
        Provenance.of(
            "images",
            resolved,
            source.source(),
            item.output(),
            MachineInfo.ofThisMachine(device, options.batch().sharesOn(device)));
    timed(
        WorkCounter.PUBLISH_SECONDS,
        () -> publish(made.encoded().still(), provenance, item.output(), warnings));
    WorkMeter.ofThisProcess().add(WorkCounter.IMAGES, 1);
    warn(dreamer, made.dream(), made.mask(), warnings);
    LoadedNetworks.slowness(spec, device).ifPresent(warnings::add);
    SkippedPictures.warning(input).ifPresent(warnings::add);
    return new ItemWork.Result(1, warnings, made.dream().residual().meanAbs());
  }

  /** A dreamed still, ready to be published. */
  record Made(
      Dream dream,
      Mask mask,
      Still result,
      StillMetadata metadata,
      StillMetadata.Written encoded) {}

  /** Dreams, or finds a dream. */
  interface Dreaming {
    Dream dream(Mask mask) throws IOException;
  }

  private Dream dream(
      StillSource source, WorkItem item, Dreamer dreamer, Mask mask, List<String> warnings)
      throws IOException {
    return kept.dream(
        item,
        new DreamSource(item.input(), source.identity(), resolved),
        source.image(),
        mask.size(),
        dreamer.spec().strength(),
        () -> ascend(source, dreamer, mask),
        warnings);
  }

  private static Dream ascend(StillSource source, Dreamer dreamer, Mask mask) {
    Dream dream = timed(WorkCounter.ASCENT_SECONDS, () -> dreamer.dream(source.image(), mask, 0));
    WorkMeter.ofThisProcess().add(WorkCounter.STEPS, dream.steps());
    return dream;
  }

  static Made make(StillSource source, WorkItem item, PipelineSpec spec, Dreaming dreaming)
      throws IOException {
    Frame frame = source.frame();
    spec.mask().requireAlpha(item.input(), frame.alpha().isPresent());
    Mask mask = mask(spec, spec.dreamSize().of(source.image().size()), frame);
    Dream dream = dreaming.dream(mask);
    Still result = source.still().dreamed(frame, dream.image().rgb()).fitting(format(item));
    StillMetadata metadata = metadata(source, spec);
    StillMetadata.Written encoded =
        metadata
            .withIcc(result.profile().map(IccProfile::bytes))
            .write(Stills.encode(result, item.output().name(), spec.images().options()));
    return new Made(dream, mask, result, metadata, encoded);
  }

  private void picture(WorkItem item, Frame seen, Dream dream) {
    String output = item.output().text();
    if (snapshots.isDue(output, 0)) {
      snapshots.take(output, 0, 0, seen, FrameImages.frame(dream.image(), 0));
    }
  }

  /** Returns the metadata of the source, without what the user wants removed. */
  private static StillMetadata metadata(StillSource source, PipelineSpec spec) {
    StillMetadata own = StillNotes.without(source.metadata());
    return spec.images().stripPrivate() ? own.withoutPrivate() : own;
  }

  private static StillFormat format(WorkItem item) {
    return StillFormat.of(item.output().name())
        .orElseThrow(() -> new IllegalStateException(item.output().text()));
  }

  static Mask mask(PipelineSpec spec, Size size, Frame frame) throws IOException {
    return FrameMasks.ofStill(
        StoredSeries.open("mask", spec.mask().picture()), spec.mask().settings(), size, frame);
  }

  static void requireNoSound(PipelineSpec spec, String input) {
    if (!spec.schedule().audioKeys().isEmpty()) {
      throw UserException.environment(
          "%s is a still image and has no sound for %s to follow; set a constant instead"
              .formatted(input, String.join(", ", spec.schedule().audioKeys())));
    }
  }

  static void warn(Dreamer dreamer, Dream dream, Mask mask, List<String> warnings) {
    if (mask.isEmpty()) {
      warnings.add("the mask is black everywhere, so nothing was dreamed");
    } else if (dreamer.spec().strength() > 0) {
      dreamer.spec().skippedOctaves(dream.octaves().size()).ifPresent(warnings::add);
      dreamer.spec().emptySteps(dream.steps(), dream.zeroSteps()).ifPresent(warnings::add);
    }
    dream
        .seamRatio()
        .ifPresent(
            seams ->
                warnings.add(
                    String.format(
                        Locale.ROOT,
                        "dreamed in tiles of %d px; seam ratio %.3f (%.3f to %.3f expected without a seam)%s",
                        dreamer.tiling().side(),
                        seams.value(),
                        seams.low(),
                        seams.high(),
                        seams.showsSeam() ? "; a larger halo reduces seams" : "")));
  }

  /** Writes the sidecar first: the presence of the image marks the result as complete. */
  private static void publish(
      byte[] still, Provenance provenance, Location output, List<String> warnings)
      throws IOException {
    Optional<byte[]> noted = StillNotes.put(still, provenance.note());
    if (noted.isEmpty()) {
      boolean exr = StillFormat.of(output.name()).equals(Optional.of(StillFormat.OPEN_EXR));
      warnings.add(
          "%s written to %s only"
              .formatted(
                  exr
                      ? "OpenEXR holds no note; its settings were"
                      : "its settings are too long to embed and were",
                  Sidecar.of(output).name()));
    }
    Sidecar.write(provenance, output);
    Storage.of(output).write(output, noted.orElse(still));
  }
}
