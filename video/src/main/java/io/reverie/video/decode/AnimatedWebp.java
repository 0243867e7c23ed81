package io.reverie.video.decode;

import io.reverie.video.Colour;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Orientation;
import io.reverie.video.Playback;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.ffmpeg.CodedSize;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.WebpAnimation;
import io.reverie.video.header.WebpAnimation.Picture;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * An animated WebP as a video. FFmpeg 8.0 cannot decode them, so each picture is read as a still
 * and drawn on the canvas.
 */
record AnimatedWebp(MediaSource media) implements VideoSource {

  /** Marks the index of such a video. */
  static final String CODEC = "animated WebP";

  /** The unit of WebP's times. */
  private static final Rational MILLISECOND = new Rational(1, 1000);

  /** How long browsers show a picture whose time is 0, in milliseconds. */
  private static final int UNSTATED = 100;

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public VideoIndex index() {
    WebpAnimation webp = structure();
    // Reports why the first picture cannot be decoded; later damage costs single frames.
    Stills.read(WebpCanvas.still(media, webp, 0));
    VideoIndex index = index(webp);
    return index.withAlpha(webp.mayShowThrough() && showsThrough(webp, index));
  }

  private boolean showsThrough(WebpAnimation webp, VideoIndex index) {
    WebpCanvas canvas = new WebpCanvas(media, webp);
    for (int i = 0; i < index.count(); i++) {
      canvas.draw(i);
      if (canvas.showsThrough()) {
        return true;
      }
    }
    return false;
  }

  private WebpAnimation structure() {
    // Checks the size of the canvas against the memory.
    Stills.header(media);
    try (SeekableByteChannel channel = media.open()) {
      WebpAnimation webp = WebpAnimation.of(channel);
      CodedSize.require(webp.canvas(), name());
      return webp;
    } catch (HeaderException e) {
      throw new MediaException(name() + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  private static VideoIndex index(WebpAnimation webp) {
    List<Picture> pictures = webp.pictures();
    long[] times = new long[pictures.size()];
    long end = 0;
    for (int i = 0; i < times.length; i++) {
      times[i] = end;
      end += millis(pictures.get(i));
    }
    return new VideoIndex(
        0,
        CODEC,
        MILLISECOND,
        rate(times.length, end),
        webp.canvas(),
        Orientation.UPRIGHT,
        8,
        true,
        false,
        Colour.UNSPECIFIED,
        false,
        0,
        times,
        new VideoIndex.Entry[0],
        new Playback(millis(pictures.get(times.length - 1)), webp.plays()));
  }

  private static int millis(Picture picture) {
    return picture.millis() > 0 ? picture.millis() : UNSTATED;
  }

  private static Rational rate(long pictures, long millis) {
    long divisor = BigInteger.valueOf(pictures * 1000).gcd(BigInteger.valueOf(millis)).longValue();
    return new Rational((int) (pictures * 1000 / divisor), (int) (millis / divisor));
  }

  @Override
  public FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size) {
    return new Reader(index, structure(), range, size);
  }

  private final class Reader implements FrameReader {

    private final VideoIndex index;
    private final WebpCanvas canvas;
    private final int end;
    private final Optional<Size> size;
    private int position;

    Reader(VideoIndex index, WebpAnimation webp, PtsRange range, Optional<Size> size) {
      this.index = index;
      this.canvas = new WebpCanvas(media, webp);
      this.position = index.first(range.from());
      this.end = Math.min(index.first(range.to()), webp.pictures().size());
      this.size = size;
    }

    @Override
    public Optional<Frame> next() {
      if (position >= end) {
        return Optional.empty();
      }
      canvas.draw(position);
      Frame frame = canvas.frame(index.times()[position++], index.alpha());
      return Optional.of(Stills.scale(frame, size.orElse(index.size())));
    }

    @Override
    public void close() {}
  }
}
