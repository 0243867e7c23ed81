package io.reverie.video;

import java.nio.file.Files;
import java.nio.file.Path;

/** Kinds of videos that users have, each as a clip of 40 frames. */
public enum Kind {
  H264_CLOSED_GOP("mp4", "-c:v libx264 -g 12 -bf 2 -pix_fmt yuv420p"),
  H264_OPEN_GOP("mkv", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1 -pix_fmt yuv420p"),
  H264_TRANSPORT_STREAM("ts", "-c:v libx264 -g 12 -bf 3 -x264-params open-gop=1 -pix_fmt yuv420p"),
  H264_AVI("avi", "-c:v libx264 -g 12 -bf 2 -pix_fmt yuv420p"),
  H264_INTRA_REFRESH("mp4", "-c:v libx264 -g 12 -x264-params intra-refresh=1 -pix_fmt yuv420p"),
  H264_FULL_RANGE("mp4", "-c:v libx264 -g 12 -pix_fmt yuvj420p"),
  H264_BT709(
      "mp4",
      "-vf scale=out_color_matrix=bt709 -c:v libx264 -g 12 -pix_fmt yuv420p"
          + " -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv"),
  HEVC("mp4", "-c:v libx265 -x265-params keyint=12:bframes=3:open-gop=1:log-level=none"),
  HDR10(
      "mkv",
      "-c:v libx265 -x265-params keyint=12:log-level=none -pix_fmt yuv420p10le"
          + " -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc"),
  VP9("webm", "-c:v libvpx-vp9 -g 12 -deadline realtime -cpu-used 8 -lag-in-frames 10"),
  VP9_ALPHA(
      "webm",
      "-vf format=yuva420p,geq=lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='mod(X+N*4,256)'"
          + " -c:v libvpx-vp9 -g 12 -deadline realtime -cpu-used 8 -auto-alt-ref 0"),
  VP8("webm", "-c:v libvpx -g 12 -deadline good -cpu-used 5 -auto-alt-ref 1 -lag-in-frames 10"),
  AV1("mp4", "-c:v libsvtav1 -preset 12 -g 12"),
  MJPEG("avi", "-c:v mjpeg -q:v 3"),
  MPEG4_AVI("avi", "-c:v mpeg4 -bf 2 -g 12 -q:v 3"),
  MPEG2_TRANSPORT_STREAM("ts", "-c:v mpeg2video -bf 2 -g 12 -q:v 3"),
  GIF("gif", "-c:v gif"),
  PRORES("mov", "-c:v prores_ks -profile:v 2"),
  PRORES_ALPHA("mov", "-vf format=yuva444p10le -c:v prores_ks -profile:v 4"),
  VARIABLE_RATE(
      "mp4", "-vf select='not(mod(n,3))+gt(n,20)' -vsync vfr -c:v libx264 -g 8 -pix_fmt yuv420p"),
  ODD_SIZE("mkv", "-vf scale=161:91,setsar=1 -c:v ffv1 -pix_fmt yuv420p"),
  ODD_SIZE_444("mkv", "-vf scale=161:91,setsar=1 -c:v libx264 -g 12 -pix_fmt yuv444p"),
  WIDE_PIXELS("mp4", "-vf setsar=4/3 -c:v libx264 -g 12 -pix_fmt yuv420p"),
  TALL_PIXELS("mkv", "-vf setsar=8/9 -c:v libx264 -g 12 -pix_fmt yuv420p"),
  INTERLACED_MPEG2("ts", "-c:v mpeg2video -flags +ildct+ilme -top 1 -bf 2 -g 12 -q:v 3"),
  INTERLACED_H264(
      "mp4",
      "-vf scale=160:96,setsar=1 -c:v libx264 -flags +ildct+ilme -x264-params tff=1 -g 12 -pix_fmt yuv420p"),
  RAW_H264("h264", "-c:v libx264 -g 12 -bf 2 -pix_fmt yuv420p");

  public static final String PICTURES = "-f lavfi -i testsrc2=size=160x90:rate=20:duration=2 ";
  private static final String SOUND = "-f lavfi -i sine=duration=2 ";

  private final String extension;
  private final String options;

  Kind(String extension, String options) {
    this.extension = extension;
    this.options = options;
  }

  public boolean interlaced() {
    return name().startsWith("INTERLACED");
  }

  /** Returns the option that makes ffmpeg decode transparency. */
  public String decoder() {
    return this == VP9_ALPHA ? "-c:v libvpx-vp9 " : "";
  }

  /** Returns whether neither the file nor ffprobe knows the frame times. */
  public boolean untimed() {
    return this == RAW_H264 || this == H264_AVI;
  }

  /** Creates the clip once in a folder, with audio if its container supports MPEG audio. */
  public Path clip(Path folder) {
    Path clip = folder.resolve(name() + "." + extension);
    if (!Files.exists(clip)) {
      boolean sound = extension.equals("ts") || extension.equals("mp4") || extension.equals("mkv");
      FfmpegCli.ffmpeg(
          folder,
          "%s%s%s -threads 1 %s"
              .formatted(PICTURES, sound ? SOUND + "-c:a mp2 " : "", options, clip.getFileName()));
    }
    return clip;
  }
}
