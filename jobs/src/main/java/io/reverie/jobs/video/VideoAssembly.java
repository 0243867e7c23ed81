package io.reverie.jobs.video;

import io.reverie.jobs.network.Dreamers;
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
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.AssemblyReport;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a video together once its pieces are there, and publishes it with its manifest.
 *
 * @param pieces segments and seams in the order of their times
 */
record VideoAssembly(
    VideoItem item,
    ResolvedSpec recipe,
    RunOptions options,
    List<SegmentResult> pieces,
    ItemListener listener)
    implements Serializable {

  Outcome run() {
    Result result = result();
    Outcome outcome = result.outcome();
    try {
      clean(result);
    } catch (IOException e) {
      // What is left over is found by `reverie clean`.
      outcome = outcome.with(Failure.of(e));
    }
    listener.ended(item.wish(), outcome);
    return outcome;
  }

  /**
   * What came of it.
   *
   * @param hopeless whether a later run of the same must fail in the same way
   */
  private record Result(Outcome outcome, boolean hopeless) {}

  /** Of what failed, only what a later run can go on from is kept. */
  private void clean(Result result) throws IOException {
    boolean failed = result.outcome().status() == Status.FAILED;
    boolean used = failed && !result.hopeless();
    if (used ? !item.work().hasPieces() : !options.keepWork()) {
      item.work().delete();
    }
  }

  private Result result() {
    Optional<SegmentResult> failed =
        pieces.stream().filter(p -> !p.failure().isEmpty()).findFirst();
    Optional<String> fatal = Attempts.exhausted();
    if (failed.isPresent() || fatal.isPresent()) {
      return new Result(failed(failed.map(SegmentResult::failure).or(() -> fatal).get()), false);
    }
    if (pieces.stream().allMatch(p -> p.files().isEmpty())) {
      return new Result(
          failed(
              "%s: not one frame could be decoded; the file is damaged"
                  .formatted(item.input().name())),
          true);
    }
    try {
      return new Result(assemble(), false);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Result(failed(Failure.of(e)), Failure.isLasting(e));
    }
  }

  /** Another run of the same may have been faster, and have cleaned up. */
  private Outcome failed(String sentence) {
    if (isThere()) {
      return Outcome.kept(item.input().name(), item.output().text());
    }
    return Outcome.failed(item.input().name(), item.output().text(), sentence);
  }

  private boolean isThere() {
    try {
      return item.target().exists()
          && Manifest.keyOf(item.output()).equals(Optional.of(item.key()));
    } catch (IOException e) {
      return false;
    }
  }

  private Outcome assemble() throws IOException {
    List<MediaSource> files = new ArrayList<>();
    for (SegmentResult piece : pieces) {
      for (String name : piece.files()) {
        files.add(item.work().media(name));
      }
    }
    FrameCounts tally =
        pieces.stream().map(SegmentResult::tally).reduce(FrameCounts.NONE, FrameCounts::plus);
    if (tally.steps() > 0 && tally.zeroSteps() == tally.steps()) {
      return failed(Dreamers.of(recipe, "cpu").spec().noGradientMessage("video"));
    }
    VideoMeasures measures = new VideoMeasures(item.plan(), pieces);
    Provenance provenance = provenance();
    AssemblyReport report =
        item.target()
            .publish(
                item.film(),
                files,
                provenance.note(),
                frames -> {
                  Location file = Sidecar.of(item.output());
                  Manifest manifest = new Manifest(item, provenance, frames, measures);
                  Storage.of(file).write(file, manifest.json().getBytes(StandardCharsets.UTF_8));
                });
    return new Outcome(
        item.input().name(),
        item.output().text(),
        Status.DREAMED,
        report.frames(),
        tally.corrupt(),
        measures.times().total(),
        "",
        warnings(report, tally.corrupt()));
  }

  private Provenance provenance() throws IOException {
    Location input = Location.of(item.input().name());
    return Provenance.of(
        "video",
        recipe,
        SourceInfo.of(input, item.input().files(), item.output()),
        item.output(),
        MachineInfo.here(options.device().ofTask()));
  }

  private List<String> warnings(AssemblyReport report, int corrupt) {
    List<String> warnings = new ArrayList<>(report.warnings());
    if (item.index().cutOff()) {
      warnings.add("the source is cut off; what is there was dreamed");
    }
    if (item.index().astray() > 0) {
      warnings.add(
          "frames left out because their times cannot be right: %d"
              .formatted(item.index().astray()));
    }
    if (corrupt > 0) {
      warnings.add("%d frames of the source are damaged or missing".formatted(corrupt));
    }
    List<String> heard = recipe.spec().schedule().heard();
    if (!heard.isEmpty() && item.loudness().isSilent()) {
      warnings.add("its sound is silent, so %s did not change".formatted(String.join(", ", heard)));
    }
    return warnings;
  }
}
