package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_STILL_IMAGE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.allowlist.Decoders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * Selects the stream to dream among the video streams that have more than one frame: the one that
 * alone has the default flag, otherwise the largest.
 */
public final class MainStream {

  private static final double FASTEST = 1000;
  private static final int PICTURES = AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_STILL_IMAGE;

  private MainStream() {}

  /**
   * Selects the stream of a file.
   *
   * @param media the same file, which is read again if only its packets tell which streams move
   */
  public static AVStream of(MediaInput input, MediaSource media) {
    List<AVStream> moving = moving(videos(input.context()), media);
    List<AVStream> flagged =
        moving.stream()
            .filter(stream -> (stream.disposition() & AV_DISPOSITION_DEFAULT) != 0)
            .toList();
    AVStream best =
        (flagged.size() == 1 ? flagged : moving)
            .stream().max(Comparator.comparingLong(MainStream::area)).orElse(null);
    if (best == null || area(best) == 0) {
      throw new MediaException(input.name() + " has no readable video stream");
    }
    if (area(best) > Decoders.MAX_PIXELS) {
      throw new MediaException(
          "%s has frames of %dx%d px, but at most %d px are supported; scale it down first"
              .formatted(
                  input.name(),
                  best.codecpar().width(),
                  best.codecpar().height(),
                  Decoders.MAX_PIXELS));
    }
    return best;
  }

  private static List<AVStream> videos(AVFormatContext context) {
    List<AVStream> videos = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      if (stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
          && (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0) {
        videos.add(stream);
      }
    }
    return videos;
  }

  /** Leaves out thumbnails and covers stored as tracks of one frame, unless all are. */
  private static List<AVStream> moving(List<AVStream> videos, MediaSource media) {
    if (videos.size() < 2) {
      return videos;
    }
    List<AVStream> moving =
        videos.stream()
            .filter(v -> (v.disposition() & PICTURES) == 0 && v.nb_frames() != 1 && area(v) > 0)
            .toList();
    if (moving.size() > 1 && moving.stream().anyMatch(v -> v.nb_frames() == 0)) {
      Set<Integer> several = severalFrames(moving, media);
      moving = moving.stream().filter(v -> several.contains(v.index())).toList();
    }
    return moving.isEmpty() ? videos : moving;
  }

  /** Returns the streams with more than one packet; reads the file only as far as needed. */
  private static Set<Integer> severalFrames(List<AVStream> streams, MediaSource media) {
    Set<Integer> wanted = streams.stream().map(AVStream::index).collect(Collectors.toSet());
    Set<Integer> once = new HashSet<>();
    Set<Integer> several = new HashSet<>();
    try (MediaInput input = MediaInput.open(media);
        PacketReader packets = new PacketReader(input)) {
      Optional<AVPacket> next = packets.next();
      while (next.isPresent() && several.size() < wanted.size()) {
        int stream = next.get().stream_index();
        if (wanted.contains(stream) && !once.add(stream)) {
          several.add(stream);
        }
        next = packets.next();
      }
    }
    return several;
  }

  /**
   * Returns whether packet times are unreliable: AVI stores none, and FFmpeg does not know the
   * frame order of these codecs.
   */
  public static boolean isUntimed(MediaInput input, AVStream stream) {
    int codec = stream.codecpar().codec_id();
    return input.context().iformat().name().getString().equals("avi")
        && (codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC);
  }

  /** Returns the average frames per second; 0/1 if unknown. Falls back to the nominal rate. */
  public static Rational rate(AVStream stream) {
    Rational average = Ffmpeg.rational(stream.avg_frame_rate());
    boolean plausible = average.num() > 0 && average.toDouble() <= FASTEST;
    return plausible ? average : Ffmpeg.rational(stream.r_frame_rate());
  }

  private static long area(AVStream stream) {
    return (long) stream.codecpar().width() * stream.codecpar().height();
  }
}
