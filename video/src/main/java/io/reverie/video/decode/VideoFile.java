package io.reverie.video.decode;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.LocalPalettes;
import io.reverie.video.header.Pictures;
import io.reverie.video.header.StillKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/**
 * A video file in any allowed container, an animation, or a TIFF of several pages.
 *
 * @param pageRate pages of a TIFF per second, which the file does not say
 */
public record VideoFile(MediaSource media, Rational pageRate) implements VideoSource {

  /** The rate of a TIFF's pages unless the user sets one. */
  public static final Rational PAGE_RATE = new Rational(10, 1);

  public VideoFile(MediaSource media) {
    this(media, PAGE_RATE);
  }

  /** Returns whether a file may have sound and other streams besides its pictures. */
  public static boolean hasStreams(VideoIndex index) {
    return !index.codec().equals(AnimatedWebp.CODEC) && !index.codec().equals(MultiPageTiff.CODEC);
  }

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public VideoIndex index() {
    Optional<Pictures> pictures = pictures();
    Optional<Pictures> animation = pictures.filter(Pictures::animated);
    if (animation.isPresent() && animation.get().kind() == StillKind.WEBP) {
      return new AnimatedWebp(media).index();
    }
    boolean pages = pictures.isPresent() && pictures.get().kind() == StillKind.TIFF;
    if (pages && pictures.get().count() > 1) {
      return new MultiPageTiff(media, pageRate).index();
    }
    boolean gif = animation.isPresent() && animation.get().kind() == StillKind.GIF;
    return new IndexScan(gif ? LocalPalettes.of(media) : media, animation).run();
  }

  private Optional<Pictures> pictures() {
    try (SeekableByteChannel channel = media.open()) {
      return Pictures.of(channel);
    } catch (HeaderException e) {
      throw new MediaException(name() + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MediaException("cannot open %s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  @Override
  public FrameReader open(VideoIndex index, PtsRange range, Optional<Size> size) {
    return switch (index.codec()) {
      case AnimatedWebp.CODEC -> new AnimatedWebp(media).open(index, range, size);
      case MultiPageTiff.CODEC -> new MultiPageTiff(media, pageRate).open(index, range, size);
      case "gif" -> new VideoReader(LocalPalettes.of(media), index, range, size);
      default -> new VideoReader(media, index, range, size);
    };
  }
}
