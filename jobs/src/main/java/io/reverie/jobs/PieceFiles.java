package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Residual;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.video.Frame;
import io.reverie.video.LosslessSegment;
import io.reverie.video.PtsRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a segment's frames go to: its body, and its side of each seam. */
final class PieceFiles implements AutoCloseable {

  private final Segment segment;
  private final PieceFile body;
  private final List<Side> sides = new ArrayList<>();

  /** What a seam needs of this segment: the shared frames and one more on each side. */
  private record Side(PtsRange range, PieceFile file) {}

  PieceFiles(VideoItem video, Segment segment) throws IOException {
    this.segment = segment;
    Path file = video.segmentFile(segment.number());
    this.body =
        PieceFile.of(
            file,
            video.target().newPart(file.getParent()),
            part -> video.target().writer(part, video));
    try {
      for (Seam seam : segment.seams()) {
        LosslessSegment side = video.side(seam, segment.number());
        Path part = Files.createTempFile(file.getParent(), ".side", ".part");
        sides.add(
            new Side(seam.margin(), PieceFile.of(side.file(), part, p -> side.at(p).writer())));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Writes a frame to where it belongs.
   *
   * @param source at the output's size
   */
  void write(Frame source, Dream dream, double strength) {
    if (segment.body().contains(source.pts())) {
      body.write(shown(source, dream.residual(), strength));
    }
    for (Side side : sides) {
      if (side.range().contains(source.pts())) {
        side.file().write(whole(source, dream));
      }
    }
  }

  /** What is seen of a dream in a frame of the output's size. */
  static Frame shown(Frame source, Residual residual, double strength) {
    Image image = Sizes.image(source);
    return source.withRgb(residual.over(image, strength).rgb());
  }

  /** The dream itself at full strength, at the size that it was dreamed at. */
  private static Frame whole(Frame source, Dream dream) {
    Residual residual = dream.residual();
    return new Frame(
        residual.size().width(),
        residual.size().height(),
        dream.whole().rgb(),
        Optional.empty(),
        source.pts(),
        source.corrupt());
  }

  /** Frames of the body. */
  int frames() {
    return body.frames();
  }

  void publish() throws IOException {
    body.publish();
    for (Side side : sides) {
      side.file().publish();
    }
  }

  @Override
  public void close() {
    body.close();
    sides.forEach(side -> side.file().close());
  }
}
