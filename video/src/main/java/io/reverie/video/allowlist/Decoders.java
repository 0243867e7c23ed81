package io.reverie.video.allowlist;

import java.util.Arrays;
import java.util.Set;

/** The allowed decoders: formats of cameras, broadcasters, editors and screen recorders. */
public final class Decoders {

  /** The largest frame size for which H.265 and AV1 define a level: 16384 x 8704 px. */
  public static final long MAX_PIXELS = 16384L * 8704;

  /** Lowest sample rate in Hz: resampling from extreme rates would allocate gigabytes. */
  public static final int SLOWEST_SOUND = 2_000;

  public static final int FASTEST_SOUND = 768_000;

  private static final String VIDEO =
      "h264,libopenh264,hevc,vvc,av1,libaom-av1,libdav1d,vp8,vp9,libvpx,libvpx-vp9,vp3,vp6,vp6a,vp6f,vp7,"
          + "theora,dirac,mpeg1video,mpeg2video,mpegvideo,mpeg4,msmpeg4v1,msmpeg4v2,msmpeg4,h261,h263,"
          + "h263i,h263p,flv,flashsv,flashsv2,wmv1,wmv2,wmv3,vc1,rv10,rv20,rv30,rv40,svq1,svq3,cinepak,"
          + "indeo3,indeo4,indeo5,qtrle,rpza,msvideo1,msrle,camtasia,tscc2,zmbv,camstudio,"
          + "dvvideo,prores,dnxhd,cfhd,hap,speedhq,mjpeg,mjpegb,jpeg2000,jpegls,"
          + "ffv1,ffvhuff,huffyuv,utvideo,magicyuv,lagarith,snow,rawvideo,v210,v210x,v308,v408,v410,yuv4,"
          + "y41p,r10k,r210,png,apng,gif,webp,tiff,bmp";

  private static final String SOUND =
      "aac,aac_fixed,aac_latm,ac3,ac3_fixed,eac3,dca,truehd,mlp,dolby_e,s302m,"
          + "mp1,mp1float,mp2,mp2float,mp3,mp3float,mp3adufloat,mp3on4float,flac,alac,als,wavpack,ape,tta,"
          + "opus,libopus,vorbis,speex,libspeex,"
          + "wmav1,wmav2,wmapro,wmalossless,wmavoice,cook,sipr,real_144,real_288,ralf,atrac3,nellymoser,"
          + "qdm2,qdmc,mace3,mace6,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,gsm,gsm_ms,g722,g726,"
          + "dvaudio,dsd_lsbf,dsd_msbf,dsd_lsbf_planar,dsd_msbf_planar,"
          + "adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf,adpcm_yamaha,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,"
          + "pcm_s8,pcm_s8_planar,pcm_u8,pcm_s16be,pcm_s16be_planar,pcm_s16le,pcm_s16le_planar,pcm_u16be,"
          + "pcm_u16le,pcm_s24be,pcm_s24le,pcm_s24le_planar,pcm_s24daud,pcm_u24be,pcm_u24le,pcm_s32be,"
          + "pcm_s32le,pcm_s32le_planar,pcm_u32be,pcm_u32le,pcm_s64be,pcm_s64le,pcm_f16le,pcm_f24le,"
          + "pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_lxf";

  private static final String SUBTITLES =
      "ass,ssa,srt,subrip,text,mov_text,webvtt,dvbsub,dvdsub,pgssub,xsub,cc_dec";

  /** Decoders of stills whose whole file is one packet, so that no demuxer sees it. */
  private static final Set<String> STILLS = Set.of("bmp", "gif", "exr");

  private static final Set<String> ALL = Set.copyOf(Arrays.asList(list().split(",", -1)));

  private Decoders() {}

  /** Returns whether the decoder of this name may be used. */
  public static boolean allows(String name) {
    return ALL.contains(name);
  }

  /** Returns whether the decoder of this name may decode a still's whole file. */
  public static boolean allowsStill(String name) {
    return STILLS.contains(name);
  }

  /** Returns whether audio of this sample rate may be converted. */
  public static boolean allowsRate(int samplesPerSecond) {
    return samplesPerSecond >= SLOWEST_SOUND && samplesPerSecond <= FASTEST_SOUND;
  }

  /** Returns the list in FFmpeg's syntax. */
  public static String list() {
    return VIDEO + "," + SOUND + "," + SUBTITLES;
  }
}
