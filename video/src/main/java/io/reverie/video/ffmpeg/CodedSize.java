package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.MediaException;
import io.reverie.video.Size;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/** Holds the pictures that streams claim to have to the memory of this process. */
public final class CodedSize {

  /** Bytes for each pixel: a few decoded pictures, which refer to each other. */
  private static final double DECODED = 8;

  /** Bytes of a pixel as floats, and pictures that a reader holds. */
  private static final double FRAMES = 12 * 2;

  private CodedSize() {}

  /** Refuses a file whose header claims too much, before anything of it is decoded. */
  public static void require(AVFormatContext context, String name) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters codec = context.streams(i).codecpar();
      if (codec.codec_type() == AVMEDIA_TYPE_VIDEO) {
        double pixels = (double) codec.width() * codec.height();
        require(new MemoryNeed(0, pixels * DECODED), name, codec.width() + "x" + codec.height());
      }
    }
  }

  /** Refuses frames that would not fit as floats; what is decoded is scaled before. */
  public static void require(Size frames, String name) {
    double pixels = (double) frames.width() * frames.height();
    require(new MemoryNeed(pixels * FRAMES, pixels * DECODED), name, frames.toString());
  }

  private static void require(MemoryNeed need, String name, String size) {
    ProcessMemory.ofThisProcess()
        .shortage(need)
        .ifPresent(
            shortage -> {
              throw new MediaException(
                  "%s has frames of %s px, which %s, or scale it down first"
                      .formatted(name, size, shortage));
            });
  }

  /** The largest picture that fits the memory of this process, in pixels. */
  static long most() {
    return (long) Math.max(1, ProcessMemory.ofThisProcess().all() / DECODED);
  }
}
