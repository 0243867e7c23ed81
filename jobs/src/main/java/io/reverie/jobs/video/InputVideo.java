package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.NumberedFiles;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.decode.FrameSequence;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.decode.VideoSource;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A video as the user names it: a file, or numbered frames such as {@code frames/%05d.png}.
 *
 * @param name path, address or pattern
 * @param files the file, or the frames in numerical order
 * @param fpsNumerator of the frame rate of numbered frames; 0 for a file
 * @param fpsDenominator of the frame rate
 */
public record InputVideo(String name, List<FileEntry> files, int fpsNumerator, int fpsDenominator)
    implements Serializable {

  public InputVideo {
    files = List.copyOf(files);
  }

  public static InputVideo of(FileEntry file) {
    return new InputVideo(file.location().text(), List.of(file), 0, 1);
  }

  public static InputVideo of(String name, PipelineSpec spec) throws IOException {
    Location location = Location.of(name);
    Optional<FileEntry> file = Storage.of(location).find(location);
    if (file.isPresent()) {
      return new InputVideo(name, List.of(file.get()), 0, 1);
    }
    if (!FramePattern.isPattern(location.name())) {
      throw UserException.environment("%s does not exist; check the path".formatted(name));
    }
    Rational rate =
        spec.video()
            .rate()
            .orElseThrow(
                () ->
                    UserException.usage(
                        "%s names numbered frames, which have no frame rate; set one, such as --fps 24"
                            .formatted(name)));
    return new InputVideo(name, NumberedFiles.of(location), rate.num(), rate.den());
  }

  /**
   * The number of the frame at a position from 0: the one in its file name or, in a video file,
   * counted from 1.
   */
  long number(int position) {
    return isFile() ? position + 1L : NumberedFiles.number(Location.of(name), files.get(position));
  }

  private boolean isFile() {
    return fpsNumerator == 0;
  }

  VideoSource source() {
    return isFile()
        ? new VideoFile(new StoredMedia(files.get(0)))
        : new FrameSequence(
            name,
            files.stream().<MediaSource>map(StoredMedia::new).toList(),
            new Rational(fpsNumerator, fpsDenominator));
  }

  /** The file that supplies sound and other streams. */
  Optional<MediaSource> media() {
    return isFile() ? Optional.of(new StoredMedia(files.get(0))) : Optional.empty();
  }

  /** Identifies the content by its listing, without reading it. */
  String identity() {
    return files.stream().map(FileEntry::identity).collect(Collectors.joining("\n"));
  }
}
