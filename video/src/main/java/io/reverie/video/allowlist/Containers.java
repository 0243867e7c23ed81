package io.reverie.video.allowlist;

import io.reverie.video.FileExtension;
import java.util.List;
import java.util.Set;

/**
 * The allowed demuxers. Each reads a single byte stream; playlists, scripts, session descriptions,
 * file patterns, devices and game formats are excluded.
 */
public final class Containers {

  /** The list for error messages. */
  public static final String SUPPORTED =
      "MP4, MOV, Matroska, WebM, AVI, MPEG (TS, PS), MXF, FLV, Ogg, WMV, DV, GIF, APNG, WebP, TIFF,"
          + " NUT, and raw H.264, H.265, AV1 or MPEG-4";

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
          // Animations and stills
          "gif",
          "apng",
          "mjpeg",
          "png_pipe",
          "jpeg_pipe",
          "webp_pipe",
          "tiff_pipe",
          "bmp_pipe",
          "gif_pipe",
          // Elementary streams
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
          // Audio
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

  /** Extensions of cameras, phones, editors and archives. */
  private static final Set<String> VIDEO_EXTENSIONS =
      Set.of(
          "mp4", "m4v", "mov", "mkv", "webm", "avi", "ts", "gif", "apng", "wmv", "asf", "flv",
          "f4v", "mpg", "mpeg", "vob", "mts", "m2ts", "3gp", "3g2", "ogv", "mxf", "dv", "divx");

  /** Extensions of stills, whose files may hold an animation, a sequence or pages. */
  private static final Set<String> SERIES_EXTENSIONS =
      Set.of("webp", "png", "tif", "tiff", "avif", "avifs", "heic", "heif", "heics", "heifs");

  private static final Set<String> ALL = Set.copyOf(NAMES);

  private Containers() {}

  /** Returns whether files may be read by the demuxer of this name. */
  public static boolean allows(String name) {
    return ALL.contains(name);
  }

  /** Returns whether a file name has the extension of a video. */
  public static boolean namesVideo(String fileName) {
    return VIDEO_EXTENSIONS.contains(FileExtension.of(fileName));
  }

  /**
   * Returns whether a file name has the extension of stills that may hold several pictures, and so
   * be a video; only the content tells.
   */
  public static boolean mayNameSeries(String fileName) {
    return SERIES_EXTENSIONS.contains(FileExtension.of(fileName));
  }

  /** Returns the list in FFmpeg's syntax. */
  public static String list() {
    return String.join(",", NAMES);
  }
}
