package io.reverie.jobs.video;

import io.reverie.core.dream.Dream;
import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.output.FrameFile;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.video.work.DisplayFrame;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.video.Frame;
import io.reverie.video.PacketTimes;
import io.reverie.video.PtsRange;
import io.reverie.video.encode.LosslessSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that receive a chunk's frames: one for the body, and one for each seam of the segment.
 */
final class ChunkFiles implements AutoCloseable {

  private final Segment segment;
  private final FrameFile body;
  private final List<Side> sides = new ArrayList<>();

  /** A seam's shared frames, and one more on each side. */
  private record Side(PtsRange range, FrameFile file) {}

  ChunkFiles(VideoItem video, Segment segment, Chunk chunk) {
    this.segment = segment;
    this.body =
        new FrameFile(
            video.work().file(VideoWork.chunk(segment, chunk)),
            part -> video.target().writer(part, video.timeline()));
    LosslessSegment lossless = video.lossless();
    for (Seam seam : segment.seams()) {
      String name = VideoWork.side(segment, chunk, seam);
      sides.add(
          new Side(seam.margin(), new FrameFile(video.work().file(name), p -> lossless.writer(p))));
    }
  }

  /**
   * Writes a frame to every file that covers its time.
   *
   * @param frame at the output's size
   */
  void write(DisplayFrame frame, Dream dream, double strength) {
    Frame source = frame.source();
    if (segment.body().contains(source.pts())) {
      body.write(frame.with(dream.residual(), strength));
    }
    for (Side side : sides) {
      if (side.range().contains(source.pts())) {
        side.file().write(unblended(source, dream));
      }
    }
  }

  /** The dream at full strength and at the size it was dreamed at. */
  static Frame unblended(Frame source, Dream dream) {
    Residual residual = dream.residual();
    return new Frame(
        residual.size().width(),
        residual.size().height(),
        dream.fullStrength().rgb(),
        Optional.empty(),
        source.pts(),
        source.corrupt());
  }

  int frames() {
    return body.frames();
  }

  /** Names of the files with frames for the result: one or none. */
  List<String> bodies() {
    return body.frames() > 0 ? List.of(body.name()) : List.of();
  }

  /** The packets of these files, once they are published. */
  List<PacketTimes> packets() {
    return body.frames() > 0 ? List.of(body.packets()) : List.of();
  }

  /** Names of the files with frames for seams. */
  List<String> sides() {
    return sides.stream()
        .map(Side::file)
        .filter(file -> file.frames() > 0)
        .map(FrameFile::name)
        .toList();
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
