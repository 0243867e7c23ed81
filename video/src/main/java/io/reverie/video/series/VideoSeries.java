package io.reverie.video.series;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.hdr.DisplayView;
import java.util.Optional;

/** The frames of a video. */
public final class VideoSeries implements FrameSeries {

  /** Tolerance in seconds for containers that round times to milliseconds. */
  private static final double ROUNDING = 0.002;

  /** Frames to read ahead before seeking is faster. */
  private static final int NEAR = 100;

  private final VideoFile video;
  private final VideoIndex index;
  private Optional<FrameReader> reader = Optional.empty();
  private Optional<Frame> current = Optional.empty();
  private Optional<Frame> ahead = Optional.empty();
  private int position;

  public VideoSeries(MediaSource media) {
    this.video = new VideoFile(media);
    this.index = video.index();
  }

  @Override
  public int last(FramePosition frame) {
    return at(frame.seconds());
  }

  @Override
  public int looped(FramePosition frame) {
    double last = index.duration(index.count() - 1) * index.timeBase().toDouble();
    double length = index.seconds() + last;
    double rounds = Math.floor((frame.seconds() + ROUNDING) / length);
    return at(frame.seconds() - rounds * length);
  }

  private int at(double seconds) {
    long pts = index.at(seconds + ROUNDING);
    int next = index.first(pts);
    boolean exact = next < index.count() && index.times()[next] == pts;
    return Math.max(0, exact ? next : next - 1);
  }

  @Override
  public Frame picture(int which) {
    if (reader.isEmpty() || which < position || which > position + NEAR) {
      close();
      FrameReader frames = video.open(index, index.range(which, index.count()), Optional.empty());
      reader = Optional.of(DisplayView.of(index.colour()).reader(frames));
      ahead = reader.get().next();
    }
    position = which;
    while (ahead.isPresent() && ahead.get().pts() <= index.times()[which]) {
      current = ahead;
      ahead = reader.get().next();
    }
    return current
        .or(() -> ahead)
        .orElseThrow(() -> new MediaException(video.name() + " has no decodable frame"));
  }

  @Override
  public void close() {
    reader.ifPresent(FrameReader::close);
    reader = Optional.empty();
    current = Optional.empty();
  }
}
