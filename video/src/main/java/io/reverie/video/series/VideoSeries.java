package io.reverie.video.series;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import java.util.Optional;

/** The pictures of a video. */
public final class VideoSeries implements FrameSeries {

  /** Times that a container has rounded to milliseconds are still the same times. */
  private static final double ROUNDING = 0.002;

  /** Further ahead, a key frame may be nearer. */
  private static final int NEAR = 100;

  private final VideoFile video;
  private final VideoIndex index;
  private Optional<FrameReader> reader = Optional.empty();
  private Optional<Frame> now = Optional.empty();
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
    double rate = index.rate().num() > 0 ? index.rate().toDouble() : 1;
    double length = index.seconds() + 1 / rate;
    double turns = Math.floor((frame.seconds() + ROUNDING) / length);
    return at(frame.seconds() - turns * length);
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
      reader = Optional.of(video.open(index, index.range(which, index.count()), Optional.empty()));
      ahead = reader.get().next();
    }
    position = which;
    while (ahead.isPresent() && ahead.get().pts() <= index.times()[which]) {
      now = ahead;
      ahead = reader.get().next();
    }
    return now.or(() -> ahead)
        .orElseThrow(
            () -> new MediaException(video.name() + " has no picture that can be decoded"));
  }

  @Override
  public void close() {
    reader.ifPresent(FrameReader::close);
    reader = Optional.empty();
    now = Optional.empty();
  }
}
