package io.reverie.jobs.reel;

import io.reverie.jobs.UserException;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.NumberedFiles;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.FramePattern;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Stills;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Pictures to go with a video's frames, as the user names them: one picture, a video, or numbered
 * pictures such as {@code masks/%05d.png}, of which some may be missing. Of one task alone.
 */
public sealed interface Reel extends AutoCloseable permits OnePicture, Footage, NumberedPictures {

  /**
   * Which picture a frame has, from 0: the one of its moment or number, or the last before; the
   * first where there is none before.
   */
  int last(When frame);

  /** The same of a reel that begins anew when it ends. */
  int looped(When frame);

  /**
   * Reads a picture; cheapest in the order of their times.
   *
   * @throws io.reverie.video.MediaException if it cannot be read
   */
  Frame picture(int which);

  @Override
  void close();

  /**
   * Opens a reel; the caller closes.
   *
   * @param what to call it in messages, such as "mask"
   * @throws UserException if there is none of this name
   */
  static Reel of(String what, String name) throws IOException {
    Location location = Location.of(name);
    Optional<Entry> file = Storage.of(location).find(location);
    if (file.isPresent()) {
      StoredMedia media = new StoredMedia(file.get());
      return Stills.supports(location.name()) ? new OnePicture(media) : footage(what, media);
    }
    List<Entry> numbered =
        FramePattern.isPattern(location.name()) ? NumberedFiles.of(location) : List.of();
    if (numbered.isEmpty()) {
      throw UserException.environment(
          "there is no %s %s; check the path".formatted(what, location));
    }
    return new NumberedPictures(
        numbered.stream().map(StoredMedia::new).toList(),
        numbered.stream().map(entry -> NumberedFiles.number(location, entry)).toList());
  }

  private static Footage footage(String what, MediaSource media) {
    try {
      return new Footage(media);
    } catch (MediaException e) {
      throw UserException.environment("cannot read the %s: %s".formatted(what, e.getMessage()), e);
    }
  }
}
