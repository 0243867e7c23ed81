package io.reverie.jobs.listing;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.series.FrameSeries;
import io.reverie.video.series.NumberedPictures;
import io.reverie.video.series.SinglePicture;
import io.reverie.video.series.VideoSeries;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens the images of masks and guides by the names that users give them. */
public final class StoredSeries {

  private StoredSeries() {}

  /** Opens a series if one is named; the caller closes it. */
  public static Optional<FrameSeries> open(String what, Optional<String> name) throws IOException {
    return name.isPresent() ? Optional.of(open(what, name.get())) : Optional.empty();
  }

  /**
   * Opens a series; the caller closes it.
   *
   * @param what noun for messages, such as "mask"
   * @param name of an image, a video, or numbered images such as {@code masks/%05d.png}
   * @throws UserException if there is none of this name
   */
  public static FrameSeries open(String what, String name) throws IOException {
    Location location = Location.of(name);
    Optional<FileEntry> file = Storage.of(location).find(location);
    if (file.isPresent()) {
      StoredMedia media = new StoredMedia(file.get());
      // A GIF may be an animation, which is a video of one frame or more.
      boolean still =
          Stills.reads(location.name())
              && !location.name().toLowerCase(Locale.ROOT).endsWith(".gif");
      return still ? new SinglePicture(media) : video(what, media);
    }
    List<FileEntry> numbered =
        FramePattern.isPattern(location.name()) ? NumberedFiles.of(location) : List.of();
    if (numbered.isEmpty()) {
      throw UserException.environment(
          "%s %s does not exist; check the path".formatted(what, location));
    }
    return new NumberedPictures(
        numbered.stream().map(StoredMedia::new).toList(),
        numbered.stream().map(entry -> NumberedFiles.number(location, entry)).toList());
  }

  private static VideoSeries video(String what, MediaSource media) {
    try {
      return new VideoSeries(media);
    } catch (MediaException e) {
      throw UserException.environment("cannot read the %s: %s".formatted(what, e.getMessage()), e);
    }
  }
}
