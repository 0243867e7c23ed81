package io.reverie.jobs;

import io.reverie.jobs.Outcome.Status;
import io.reverie.jobs.SegmentDreamer.Result;
import io.reverie.video.AssemblyReport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a video together once its segments are there, and publishes it. */
record VideoAssembly(VideoItem item, List<Result> segments) implements Serializable {

  Outcome run() {
    Optional<Result> failed = segments.stream().filter(r -> !r.failure().isEmpty()).findFirst();
    if (failed.isPresent()) {
      return Outcome.failed(item.input().name(), item.output(), failed.get().failure());
    }
    try {
      return assemble();
    } catch (IOException | RuntimeException e) {
      String sentence = Failure.sentence(e).orElseThrow(() -> new IllegalStateException(e));
      return Outcome.failed(item.input().name(), item.output(), sentence);
    }
  }

  private Outcome assemble() throws IOException {
    List<Path> files =
        item.segments().stream()
            .filter(s -> segments.get(s.number()).frames() > 0)
            .map(item::segmentFile)
            .toList();
    if (files.isEmpty()) {
      return Outcome.failed(
          item.input().name(),
          item.output(),
          "%s: not one frame could be decoded; the file is damaged".formatted(item.input().name()));
    }
    AssemblyReport report = item.target().publish(item, files);
    int corrupt = segments.stream().mapToInt(Result::corrupt).sum();
    double seconds = segments.stream().mapToDouble(Result::seconds).sum();
    return new Outcome(
        item.input().name(),
        item.output(),
        Status.DREAMED,
        report.frames(),
        corrupt,
        seconds,
        "",
        warnings(report, corrupt));
  }

  private List<String> warnings(AssemblyReport report, int corrupt) {
    List<String> warnings = new ArrayList<>(report.warnings());
    if (item.index().cutOff()) {
      warnings.add("the source is cut off; what is there was dreamed");
    }
    if (corrupt > 0) {
      warnings.add("%d frames of the source are damaged or missing".formatted(corrupt));
    }
    return warnings;
  }
}
