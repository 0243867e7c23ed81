package io.reverie.video.assemble;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_ATTACHMENT;
import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_DONT_OVERWRITE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.reverie.video.ffmpeg.Ffmpeg;
import io.reverie.video.ffmpeg.MediaOutput;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/** Attaches a cover to a Matroska file, where FFmpeg would otherwise write a video track. */
final class Cover {

  private Cover() {}

  static void attach(AVStream cover, MediaOutput output) {
    AVPacket picture = cover.attached_pic();
    int length = picture.size();
    byte[] bytes = new byte[length];
    picture.data().get(bytes);
    // The muxer frees the bytes, so FFmpeg must allocate them.
    BytePointer kept = new BytePointer(av_mallocz((long) length + AV_INPUT_BUFFER_PADDING_SIZE));
    kept.put(bytes, 0, length);
    AVStream to = output.addStream();
    to.codecpar().codec_type(AVMEDIA_TYPE_ATTACHMENT);
    to.codecpar().codec_id(cover.codecpar().codec_id());
    to.codecpar().extradata(kept);
    to.codecpar().extradata_size(length);
    String codec = avcodec_get_name(cover.codecpar().codec_id()).getString();
    String kind = codec.equals("mjpeg") ? "jpeg" : codec;
    AVDictionary tags = Ffmpeg.copy(cover.metadata());
    // Players look for a cover by this name.
    av_dict_set(
        tags, "filename", "cover." + (kind.equals("jpeg") ? "jpg" : kind), AV_DICT_DONT_OVERWRITE);
    av_dict_set(tags, "mimetype", "image/" + kind, AV_DICT_DONT_OVERWRITE);
    to.metadata(tags);
  }
}
