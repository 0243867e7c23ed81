package io.reverie.video.decode;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.header.TiffPages;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a TIFF as a video. Each is read as a still.
 *
 * @param rate pages per second, which a TIFF does not say
 */
record MultiPageTiff(MediaSource media, Rational rate) implements VideoSource {

  /** Marks the index of such a video. */
  static final String CODEC = "TIFF pages";

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public VideoIndex index() {
    return stills().index().as(CODEC);
  }

  @Override
  public FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size) {
    return stills().open(index, range, size);
  }

  private FrameSequence stills() {
    try (SeekableByteChannel channel = media.open()) {
      TiffPages found = TiffPages.of(channel);
      List<MediaSource> pages = new ArrayList<>();
      for (int i = 0; i < found.pages().size(); i++) {
        byte[] head = found.headOf(i);
        String name = "%s, page %d".formatted(name(), i + 1);
        pages.add(new PatchedSource(name, media, head, head.length, Long.MAX_VALUE));
      }
      return new FrameSequence(name(), pages, rate);
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(name(), e.getMessage()), e);
    }
  }
}
