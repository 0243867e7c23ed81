package io.reverie.jobs.rerun;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The source that a result was made from, wherever it is now. */
record OriginalSource(Location output, Provenance made) {

  /** See {@link Rerun#source}. */
  String locate(Optional<String> input, PipelineSpec spec) {
    if (made.source().isGenerated() && input.isEmpty()) {
      return made.source().address();
    }
    Location location = input.map(Location::of).orElseGet(() -> made.sourceAt(output));
    if (location.equals(output)) {
      // The result records only the name of a source outside its folder.
      throw UserException.environment(
          "the source of %s has the same name but was in another folder; name it with --input"
              .formatted(output));
    }
    try {
      SourceInfo now = SourceInfo.of(location, files(location, spec), output);
      if (!now.isSame(made.source())) {
        throw UserException.environment(
            "%s is not the source of %s (%s), or has changed since; name the original file with --input"
                .formatted(location, output, content(made.source())));
      }
      return location.text();
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private static String content(SourceInfo source) {
    String hash = source.sha256().isEmpty() ? "" : ", SHA-256 " + source.sha256();
    return "%d bytes%s".formatted(source.bytes(), hash);
  }

  private List<FileEntry> files(Location location, PipelineSpec spec) throws IOException {
    Optional<FileEntry> file = Storage.of(location).find(location);
    if (file.isPresent()) {
      return List.of(file.get());
    }
    if (FramePattern.isPattern(location.name())) {
      return InputVideo.of(location.text(), spec).files();
    }
    throw UserException.environment(
        "the source of %s was not found at %s; name it with --input".formatted(output, location));
  }
}
