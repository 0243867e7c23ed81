package io.reverie.video.allowlist;

import java.util.List;
import java.util.Set;

/**
 * Demuxers that read one stream of bytes and nothing else. Playlists, scripts, session
 * descriptions, patterns of names and devices are left out on purpose, and so is what only games
 * ever wrote.
 */
public final class Containers {

  /** What a user is told. */
  public static final String SUPPORTED =
      "MP4, MOV, Matroska, WebM, AVI, MPEG (TS, PS), MXF, FLV, Ogg, WMV, DV, GIF, APNG, NUT,"
          + " and raw H.264, H.265, AV1 or MPEG-4";

  private static final List<String> NAMES =
      List.of(
          // Videos
          "mov,mp4,m4a,3gp,3g2,mj2",
          "matroska,webm",
          "avi",
          "mpegts",
          "mpeg",
          "mxf",
          "gxf",
          "flv",
          "live_flv",
          "ogg",
          "asf",
          "wtv",
          "rm",
          "dv",
          "nut",
          "ivf",
          "yuv4mpegpipe",
          // Moving pictures and stills
          "gif",
          "apng",
          "mjpeg",
          "png_pipe",
          "jpeg_pipe",
          "webp_pipe",
          "tiff_pipe",
          "bmp_pipe",
          "gif_pipe",
          // Bare streams
          "h264",
          "hevc",
          "vvc",
          "av1",
          "obu",
          "m4v",
          "h263",
          "mpegvideo",
          "vc1",
          "dirac",
          // Sound
          "wav",
          "w64",
          "aiff",
          "caf",
          "au",
          "mp3",
          "aac",
          "loas",
          "ac3",
          "eac3",
          "dts",
          "truehd",
          "flac",
          "wv",
          "ape",
          "tta",
          "amr");

  private static final Set<String> ALL = Set.copyOf(NAMES);

  private Containers() {}

  /** Whether a demuxer of this name may read a file. */
  public static boolean allows(String name) {
    return ALL.contains(name);
  }

  /** As FFmpeg takes it. */
  public static String list() {
    return String.join(",", NAMES);
  }
}
