package io.reverie.jobs.report;

import io.reverie.core.DreamException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.hdr.DisplayView;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Reads a result and its source back, for a picture of both: a still, or the frame in the middle of
 * a video.
 *
 * @param side longest side of the picture
 */
record ResultReader(String input, Location output, int side) implements Serializable {

  /** One picture; none if a file cannot be read or is of another kind. */
  List<Snapshot> run() {
    try {
      StoredMedia source = StoredMedia.of(Location.of(input));
      StoredMedia result = StoredMedia.of(output);
      return Stills.reads(output.name()) && Stills.reads(Location.of(input).name())
          ? List.of(picture(Stills.shown(source), Stills.shown(result), 0))
          : film(new VideoFile(source), new VideoFile(result));
    } catch (IOException | MediaException | DreamException | OutOfMemoryError e) {
      return List.of();
    }
  }

  private List<Snapshot> film(VideoSource source, VideoSource result) {
    VideoIndex dreamed = result.index();
    VideoIndex own = source.index();
    int middle = dreamed.count() / 2;
    Optional<Frame> after = frame(result, dreamed, middle);
    Optional<Frame> before = frame(source, own, Math.min(middle, own.count() - 1));
    double seconds = (dreamed.times()[middle] - dreamed.times()[0]) * dreamed.timeBase().toDouble();
    return before.isPresent() && after.isPresent()
        ? List.of(picture(before.get(), after.get(), seconds))
        : List.of();
  }

  private Optional<Frame> frame(VideoSource source, VideoIndex index, int position) {
    Size size = Thumbnails.size(index.size().width(), index.size().height(), side);
    try (FrameReader reader =
        DisplayView.of(index.colour())
            .reader(source.open(index, index.range(position, position + 1), Optional.of(size)))) {
      return reader.next();
    }
  }

  private Snapshot picture(Frame before, Frame after, double seconds) {
    return Snapshots.picture(output.text(), 0, seconds, before, after, side);
  }
}
