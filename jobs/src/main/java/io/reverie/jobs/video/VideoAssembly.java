package io.reverie.jobs.video;

import io.reverie.core.dream.DreamSpec;
import io.reverie.core.text.Count;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.operation.Piece.Kind;
import io.reverie.jobs.operation.WorkCounter;
import io.reverie.jobs.operation.WorkMeter;
import io.reverie.jobs.output.Pieces;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.video.AssemblyReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Assembles a dreamed video and publishes it with its sidecar. The work folder says what was
 * dreamed.
 *
 * @param failure of the first segment or seam that failed; usually empty
 * @param begun when its dreaming began, in milliseconds since 1970
 */
record VideoAssembly(
    PlannedVideo video, RunOptions options, String failure, ItemListener listener, long begun)
    implements Serializable {

  /** Assembles a planned video in a task. */
  Outcome run() {
    return piece(video::open);
  }

  /** Assembles a video that is known here. */
  Outcome of(VideoItem item) {
    return piece(() -> item);
  }

  private interface Opening {
    VideoItem open() throws IOException;
  }

  private Outcome piece(Opening opening) {
    // Packets are copied, and subtitles and sound converted.
    return new Piece(Kind.ASSEMBLY, video.workItem().input(), 0, () -> "cpu")
        .during(() -> ended(opening), Outcome::end);
  }

  private Outcome ended(Opening opening) {
    Result result = result(opening);
    Outcome outcome = result.outcome();
    try {
      clean(result);
    } catch (IOException e) {
      // `reverie clean` removes what is left.
      outcome = outcome.with(Failure.of(e));
    }
    listener.ended(video.workItem(), outcome);
    return outcome;
  }

  /**
   * The outcome of the assembly.
   *
   * @param permanent whether every later run of the job would fail in the same way
   */
  private record Result(Outcome outcome, boolean permanent) {}

  /** Deletes the work folder, unless a later run can resume from it or the user keeps it. */
  private void clean(Result result) throws IOException {
    boolean failed = result.outcome().status() == Status.FAILED;
    boolean used = failed && !result.permanent();
    if (failed) {
      // An interrupt makes files unreadable.
      Attempts.stopIfKilled();
    }
    if (used ? !video.work().hasSegments() : !options.keepWork()) {
      video.work().delete();
    }
  }

  private Result result(Opening opening) {
    Optional<String> fatal =
        Optional.of(failure).filter(sentence -> !sentence.isEmpty()).or(Attempts::exhausted);
    if (fatal.isPresent()) {
      return new Result(failed(fatal.get()), false);
    }
    try {
      VideoItem item = opening.open();
      VideoMeasures measures = VideoMeasures.read(item);
      if (measures.pieces().isEmpty()) {
        return new Result(
            failed(
                "%s: no frame could be decoded; the file is damaged"
                    .formatted(video.workItem().input())),
            true);
      }
      return new Result(assemble(item, measures), false);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Result(failed(Failure.of(e)), Failure.isPermanent(e));
    }
  }

  /** Returns a failure, unless another run of the same job has published the result. */
  private Outcome failed(String sentence) {
    if (isPublished()) {
      return Outcome.kept(video.workItem(), "");
    }
    return Outcome.failed(video.workItem(), sentence);
  }

  /**
   * A result that may have been there before this run must have been made as its sidecar says,
   * which this run may have written for a result that could not be published. Never fails.
   */
  private boolean isPublished() {
    try {
      return video.target().exists()
          && Manifest.keyOf(video.output()).equals(Optional.of(video.key()))
          && (!options.overwrite() || Sidecar.describes(video.output(), video.target().mark()));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private Outcome assemble(VideoItem item, VideoMeasures measures) throws IOException {
    Pieces pieces = new Pieces(item.work().folder(), measures.pieces());
    FrameCounts counts = measures.counts();
    if (counts.steps() > 0 && counts.zeroSteps() == counts.steps()) {
      return failed(spec().noGradientMessage("video"));
    }
    Provenance provenance = provenance(item);
    AssemblyReport report =
        WorkMeter.timed(
            WorkCounter.PUBLISH_SECONDS,
            () ->
                item.target()
                    .publish(
                        item.timeline(),
                        pieces,
                        provenance.note(),
                        assembled -> {
                          Location file = Sidecar.of(item.output());
                          Manifest manifest = new Manifest(item, provenance, assembled, measures);
                          Storage.of(file).publish(file, part -> written(manifest, part));
                        }));
    return Outcome.dreamed(
            item.workItem(),
            report.frames(),
            measures.times().total(),
            warnings(item, report, counts))
        .withCorrupt(counts.corrupt())
        .with(
            new Outcome.Measured(
                (System.currentTimeMillis() - begun) / 1e3,
                measures.strength(),
                measures.flicker()));
  }

  private static Path written(Manifest manifest, Path part) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
      manifest.write(out);
    }
    return part;
  }

  private Provenance provenance(VideoItem item) throws IOException {
    Location input = Location.of(item.input().name());
    return Provenance.of(
        "video",
        item.resolved(),
        SourceInfo.of(input, item.input().files(), item.output()),
        item.output(),
        machine());
  }

  private MachineInfo machine() {
    String device = options.device().ofThisMachine();
    return MachineInfo.ofThisMachine(device, options.batch().sharesOn(device));
  }

  private static List<String> hdrWarnings(VideoItem item, FrameCounts counts) {
    List<String> warnings = new ArrayList<>();
    if (item.index().colour().hdr().dolbyVision() > 0) {
      warnings.add("the Dolby Vision layer was dropped; its base layer was dreamed");
    }
    if (item.isToneMapped()) {
      warnings.add(
          "the source is HDR, which this output cannot mark, so its colours were mapped to a standard display; .mp4, .mov, .mkv and .webm keep HDR");
    } else if (counts.dynamic() > 0) {
      warnings.add(
          "the HDR10+ metadata of %s was dropped, because no encoder in this build writes it; HDR10 is kept"
              .formatted(Count.of(counts.dynamic(), "frame")));
    }
    return warnings;
  }

  private DreamSpec spec() {
    return Dreamers.of(video.resolved(), "cpu").spec();
  }

  private List<String> warnings(VideoItem item, AssemblyReport report, FrameCounts counts) {
    List<String> warnings = new ArrayList<>(report.warnings());
    if (item.index().cutOff()) {
      warnings.add("the source is truncated; only the frames it contains were dreamed");
    }
    if (item.index().astray() > 0) {
      warnings.add(
          "frames dropped because of invalid timestamps: %d".formatted(item.index().astray()));
    }
    if (counts.corrupt() > 0) {
      warnings.add(
          "the source has %s".formatted(Count.of(counts.corrupt(), "damaged or missing frame")));
    }
    if (counts.resized() > 0) {
      warnings.add(
          "scaled %s of another size to %s px, with black bars where the shape differs"
              .formatted(Count.of(counts.resized(), "frame"), item.index().size()));
    }
    warnings.addAll(hdrWarnings(item, counts));
    spec().emptySteps(counts.steps(), counts.zeroSteps()).ifPresent(warnings::add);
    LoadedNetworks.slowness(item.spec(), options.device().ofThisMachine()).ifPresent(warnings::add);
    List<String> heard = item.spec().schedule().audioKeys();
    if (!heard.isEmpty() && item.loudness().isSilent()) {
      warnings.add("the sound is silent, so %s did not change".formatted(String.join(", ", heard)));
    }
    return warnings;
  }
}
