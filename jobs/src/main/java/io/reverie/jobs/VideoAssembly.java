package io.reverie.jobs;

import io.reverie.jobs.Outcome.Status;
import io.reverie.jobs.spec.Recipe;
import io.reverie.video.AssemblyReport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a video together once its pieces are there, and publishes it with its manifest.
 *
 * @param pieces segments and seams in the order of their times
 */
record VideoAssembly(VideoItem item, Recipe recipe, List<Piece> pieces) implements Serializable {

  Outcome run() {
    Optional<Piece> failed = pieces.stream().filter(p -> !p.failure().isEmpty()).findFirst();
    if (failed.isPresent()) {
      return failed(failed.get().failure());
    }
    try {
      return assemble();
    } catch (IOException | RuntimeException e) {
      return failed(Failure.sentence(e).orElseThrow(() -> new IllegalStateException(e)));
    }
  }

  private Outcome failed(String sentence) {
    return Outcome.failed(item.input().name(), item.output(), sentence);
  }

  private Outcome assemble() throws IOException {
    List<Path> files =
        pieces.stream()
            .filter(p -> p.frames() > 0)
            .map(p -> p.seam() ? item.seamFile(p.number()) : item.segmentFile(p.number()))
            .toList();
    if (files.isEmpty()) {
      return failed(
          "%s: not one frame could be decoded; the file is damaged".formatted(item.input().name()));
    }
    long steps = pieces.stream().mapToLong(Piece::steps).sum();
    if (steps > 0 && pieces.stream().mapToLong(Piece::zeroSteps).sum() == steps) {
      return failed(recipe.spec().dream().nothingToDream("video"));
    }
    AssemblyReport report = item.target().publish(item, files);
    VideoMeasures measures = new VideoMeasures(item.plan(), pieces);
    Manifest manifest = new Manifest(item, recipe.id(), report.frames(), measures);
    Publishing.atomically(
        Manifest.fileOf(item.output()), part -> Files.writeString(part, manifest.json()));
    int corrupt = pieces.stream().mapToInt(Piece::corrupt).sum();
    return new Outcome(
        item.input().name(),
        item.output(),
        Status.DREAMED,
        report.frames(),
        corrupt,
        measures.times().total(),
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
