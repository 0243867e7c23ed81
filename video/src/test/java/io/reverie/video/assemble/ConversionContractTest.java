package io.reverie.video.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_make_writable;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.MediaInput;
import io.reverie.video.ffmpeg.MediaOutput;
import io.reverie.video.ffmpeg.PacketReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every conversion of a stream that a container cannot store. */
class ConversionContractTest {

  @TempDir private static Path folder;

  /** A stream and its target; the times are in seconds. */
  enum Kind {
    SOUND("sound.mkv", "mp4", "aac", 0, 0.5),
    SOUND_OF_WEBM("sound.mkv", "webm", "opus", 0, 0.5),
    TEXT("text.mkv", "mp4", "mov_text", 0.1, 0.9),
    TEXT_OF_WEBM("text.mkv", "webm", "webvtt", 0.1, 0.9);

    private final String file;
    private final String container;
    private final String codec;
    private final double begin;
    private final double end;

    Kind(String file, String container, String codec, double begin, double end) {
      this.file = file;
      this.container = container;
      this.codec = codec;
      this.begin = begin;
      this.end = end;
    }
  }

  /** A converted packet; times in seconds. */
  private record Packet(double time, double duration, int bytes) {}

  @BeforeAll
  static void makeSources() throws IOException {
    FfmpegCli.assumeInstalled();
    Files.writeString(
        folder.resolve("lines.srt"),
        """
        1
        00:00:00,100 --> 00:00:00,400
        Hello

        2
        00:00:00,500 --> 00:00:00,900
        again
        """);
    FfmpegCli.ffmpeg(folder, "-f lavfi -i sine=duration=0.5 -ar 44100 -c:a libvorbis sound.mkv");
    FfmpegCli.ffmpeg(folder, "-i lines.srt -c:s srt text.mkv");
  }

  /**
   * Converts a stream.
   *
   * @param before called with the conversion before each packet of the source
   */
  private static List<Packet> convert(Kind kind, Damage before) {
    List<Packet> packets = new ArrayList<>();
    try (MediaInput input = MediaInput.open(MediaSource.of(folder.resolve(kind.file)));
        PacketReader reader = new PacketReader(input)) {
      AVStream stream = input.context().streams(0);
      try (Conversion conversion = Conversion.of(stream, kind.container)) {
        double unit = (double) conversion.timeBase().num() / conversion.timeBase().den();
        Consumer<AVPacket> out =
            packet -> {
              assertThat(packet.dts()).isEqualTo(packet.pts());
              packets.add(new Packet(packet.pts() * unit, packet.duration() * unit, packet.size()));
            };
        for (Optional<AVPacket> p = reader.next(); p.isPresent(); p = reader.next()) {
          before.put(conversion, p.get(), out);
          conversion.put(p.get(), out);
        }
        conversion.end(out);
      }
    }
    return packets;
  }

  /** Something that happens to a conversion. */
  private interface Damage {
    void put(Conversion conversion, AVPacket next, Consumer<AVPacket> out);
  }

  @ParameterizedTest
  @EnumSource
  void theWholeStreamIsConvertedInOrderOfTime(Kind kind) {
    List<Packet> packets = convert(kind, (conversion, next, out) -> {});
    assertThat(packets).hasSizeGreaterThan(1).allMatch(packet -> packet.bytes() > 0);
    assertThat(packets).extracting(Packet::time).isSorted().doesNotHaveDuplicates();
    Packet last = packets.get(packets.size() - 1);
    // Encoders of sound begin with some milliseconds of silence and fill their last packet.
    assertThat(packets.get(0).time()).isCloseTo(kind.begin, within(0.03));
    assertThat(last.time() + last.duration()).isCloseTo(kind.end, within(0.05));
  }

  @ParameterizedTest
  @EnumSource
  void theOutputIsDescribedByItsCodecAndTimeBase(Kind kind) {
    Path file = folder.resolve("o-%s.%s".formatted(kind, kind.container));
    try (MediaInput input = MediaInput.open(MediaSource.of(folder.resolve(kind.file)));
        MediaOutput output = new MediaOutput(file, kind.container)) {
      AVStream from = input.context().streams(0);
      assertThat(Conversion.target(from, kind.container)).contains(kind.codec);
      try (Conversion conversion = Conversion.of(from, kind.container)) {
        AVStream to = output.addStream();
        conversion.describe(to);
        assertThat(avcodec_get_name(to.codecpar().codec_id()).getString()).isEqualTo(kind.codec);
        assertThat(to.time_base().num()).isEqualTo(conversion.timeBase().num());
        assertThat(to.time_base().den()).isEqualTo(conversion.timeBase().den());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyOrDamagedPacketDoesNotStopTheConversion(Kind kind) {
    List<Packet> packets =
        convert(
            kind,
            (conversion, next, out) -> {
              AVPacket noise = av_packet_clone(next);
              av_packet_make_writable(noise);
              byte[] bytes = new byte[noise.size()];
              new Random(1).nextBytes(bytes);
              noise.data().put(bytes, 0, bytes.length);
              AVPacket none = av_packet_alloc();
              none.pts(next.pts());
              // Neither may throw; what a decoder makes of noise is its own affair.
              conversion.put(noise, packet -> {});
              if (kind.name().startsWith("TEXT")) {
                conversion.put(none, packet -> {});
              }
              av_packet_free(noise);
              av_packet_free(none);
            });
    assertThat(packets).isNotEmpty();
  }
}
