package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.MediaException;
import io.reverie.video.Size;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;

/** Checks that frames of the size claimed by a stream fit into the memory of this process. */
public final class CodedSize {

  /** Native bytes per pixel: several decoded reference frames. */
  private static final double DECODED = 8;

  /** Heap bytes per pixel: the frames of floats that a reader holds. */
  private static final double FRAMES = 12 * 2;

  private CodedSize() {}

  /** Rejects a file whose header claims too much, before anything is decoded. */
  public static void require(AVFormatContext context, String name) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters codec = context.streams(i).codecpar();
      if (codec.codec_type() == AVMEDIA_TYPE_VIDEO) {
        // A damaged header may claim a negative side, which the decoder rejects.
        double pixels = (double) Math.max(0, codec.width()) * Math.max(0, codec.height());
        require(new MemoryNeed(0, pixels * DECODED), name, codec.width() + "x" + codec.height());
      }
    }
  }

  /** Rejects frames that would not fit as floats. */
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

  /** Returns the largest number of pixels that fits into the memory of this process. */
  static long most() {
    return (long) Math.max(1, ProcessMemory.ofThisProcess().all() / DECODED);
  }
}
