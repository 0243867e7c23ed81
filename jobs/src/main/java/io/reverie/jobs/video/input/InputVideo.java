package io.reverie.jobs.video.input;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.listing.NumberedFiles;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
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
 * @param isFile whether it is a file
 * @param rate of numbered frames and of a TIFF's pages
 */
public record InputVideo(String name, List<FileEntry> files, boolean isFile, Rational rate)
    implements Serializable {

  public InputVideo {
    files = List.copyOf(files);
  }

  public static InputVideo of(FileEntry file) {
    return new InputVideo(file.location().text(), List.of(file), true, VideoFile.PAGE_RATE);
  }

  public static InputVideo of(String name, PipelineSpec spec) throws IOException {
    Location location = Location.of(name);
    Optional<FileEntry> file = Storage.of(location).find(location);
    if (file.isPresent()) {
      Rational pages = spec.video().rate().orElse(VideoFile.PAGE_RATE);
      return new InputVideo(name, List.of(file.get()), true, pages);
    }
    if (!FramePattern.isPattern(location.name())) {
      throw NoFile.input(location);
    }
    Rational rate = spec.video().rate().orElseThrow(() -> withoutRate(name));
    return new InputVideo(name, NumberedFiles.of(location), false, rate);
  }

  private static UserException withoutRate(String name) {
    return UserException.usage(
        "%s names numbered frames, which have no frame rate; set one, such as --fps 24"
            .formatted(name));
  }

  /**
   * Refuses numbered frames without a frame rate; asks the store only about their pattern.
   *
   * @throws UserException that names the remedy
   */
  public static void requireRate(String name, PipelineSpec spec) throws IOException {
    Location location = Location.of(name);
    if (spec.video().rate().isEmpty()
        && FramePattern.isPattern(location.name())
        && Storage.of(location).find(location).isEmpty()) {
      throw withoutRate(name);
    }
  }

  /**
   * The number of the frame at a position from 0: the one in its file name or, in a video file,
   * counted from 1.
   */
  public long number(int position) {
    return isFile ? position + 1L : NumberedFiles.number(Location.of(name), files.get(position));
  }

  public VideoSource source() {
    return isFile
        ? new VideoFile(new StoredMedia(files.get(0)), rate)
        : new FrameSequence(name, files.stream().<MediaSource>map(StoredMedia::new).toList(), rate);
  }

  /** The file that supplies sound and other streams. */
  public Optional<MediaSource> media(VideoIndex index) {
    return isFile && VideoFile.hasStreams(index)
        ? Optional.of(new StoredMedia(files.get(0)))
        : Optional.empty();
  }

  /** Identifies the content by its listing, without reading it. */
  public String identity() {
    return files.stream().map(FileEntry::identity).collect(Collectors.joining("\n"));
  }
}
