package io.reverie.jobs.video;

import io.reverie.core.dream.DreamSpec;
import io.reverie.core.text.Count;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.network.LoadedNetworks;
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
import io.reverie.video.AssemblyReport;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Assembles a dreamed video and publishes it with its sidecar.
 *
 * @param results of segments and seams, in order of time
 * @param begun when the dreaming of all videos began, in milliseconds since 1970
 */
record VideoAssembly(
    VideoItem item,
    RunOptions options,
    List<SegmentResult> results,
    ItemListener listener,
    long begun)
    implements Serializable {

  Outcome run() {
    Result result = result();
    Outcome outcome = result.outcome();
    try {
      clean(result);
    } catch (IOException e) {
      // `reverie clean` removes what is left.
      outcome = outcome.with(Failure.of(e));
    }
    listener.ended(item.workItem(), outcome);
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
    if (used ? !item.work().hasSegments() : !options.keepWork()) {
      item.work().delete();
    }
  }

  private Result result() {
    Optional<SegmentResult> failed =
        results.stream().filter(r -> !r.failure().isEmpty()).findFirst();
    Optional<String> fatal = Attempts.exhausted();
    if (failed.isPresent() || fatal.isPresent()) {
      return new Result(failed(failed.map(SegmentResult::failure).or(() -> fatal).get()), false);
    }
    if (results.stream().allMatch(r -> r.files().isEmpty())) {
      return new Result(
          failed(
              "%s: no frame could be decoded; the file is damaged".formatted(item.input().name())),
          true);
    }
    try {
      return new Result(assemble(), false);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Result(failed(Failure.of(e)), Failure.isPermanent(e));
    }
  }

  /** Returns a failure, unless another run of the same job has published the result. */
  private Outcome failed(String sentence) {
    if (isPublished()) {
      return Outcome.kept(item.input().name(), item.output().text());
    }
    return Outcome.failed(item.input().name(), item.output().text(), sentence);
  }

  private boolean isPublished() {
    try {
      return item.target().exists()
          && Manifest.keyOf(item.output()).equals(Optional.of(item.key()));
    } catch (IOException e) {
      return false;
    }
  }

  private Outcome assemble() throws IOException {
    List<MediaSource> files = new ArrayList<>();
    for (SegmentResult result : results) {
      for (String name : result.files()) {
        files.add(item.work().media(name));
      }
    }
    FrameCounts counts =
        results.stream().map(SegmentResult::counts).reduce(FrameCounts.NONE, FrameCounts::plus);
    if (counts.steps() > 0 && counts.zeroSteps() == counts.steps()) {
      return failed(spec().noGradientMessage("video"));
    }
    VideoMeasures measures = new VideoMeasures(item.plan(), results);
    Provenance provenance = provenance();
    AssemblyReport report =
        item.target()
            .publish(
                item.timeline(),
                files,
                provenance.note(),
                assembled -> {
                  Location file = Sidecar.of(item.output());
                  Manifest manifest = new Manifest(item, provenance, assembled, measures);
                  Storage.of(file).write(file, manifest.json().getBytes(StandardCharsets.UTF_8));
                });
    return new Outcome(
        item.input().name(),
        item.output().text(),
        Status.DREAMED,
        report.frames(),
        counts.corrupt(),
        measures.times().total(),
        "",
        warnings(report, counts),
        new Outcome.Measured(
            (System.currentTimeMillis() - begun) / 1e3,
            measures.all().strength(),
            measures.all().flicker()));
  }

  private Provenance provenance() throws IOException {
    Location input = Location.of(item.input().name());
    return Provenance.of(
        "video",
        item.resolved(),
        SourceInfo.of(input, item.input().files(), item.output()),
        item.output(),
        machine());
  }

  private MachineInfo machine() {
    String device = options.device().ofTask();
    return MachineInfo.ofThisMachine(device, options.batch().sharesOn(device));
  }

  private List<String> hdrWarnings(FrameCounts counts) {
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
    return Dreamers.of(item.resolved(), "cpu").spec();
  }

  private List<String> warnings(AssemblyReport report, FrameCounts counts) {
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
    warnings.addAll(hdrWarnings(counts));
    spec().emptySteps(counts.steps(), counts.zeroSteps()).ifPresent(warnings::add);
    LoadedNetworks.slowness(item.spec(), options.device().ofTask()).ifPresent(warnings::add);
    List<String> heard = item.spec().schedule().audioKeys();
    if (!heard.isEmpty() && item.loudness().isSilent()) {
      warnings.add("the sound is silent, so %s did not change".formatted(String.join(", ", heard)));
    }
    return warnings;
  }
}
