package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.AssemblyReport;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.VideoIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that refer to others: FFmpeg reads only the bytes that it is given. */
class HostileContainersTest {

  /** Below the working directory, because FFmpeg's playlists accept no other paths by default. */
  private static final Path NAMED = Path.of("target", "named-by-another.ts");

  @TempDir private Path folder;

  @BeforeEach
  void makeWhatIsNamed() throws IOException {
    Files.createDirectories(NAMED.getParent());
    Files.copy(Kind.H264_TRANSPORT_STREAM.clip(folder), NAMED, StandardCopyOption.REPLACE_EXISTING);
  }

  @AfterEach
  void deleteIt() throws IOException {
    Files.deleteIfExists(NAMED);
  }

  private static VideoIndex index(Path file) {
    return new VideoFile(MediaSource.of(file)).index();
  }

  private static final String HLS =
      "#EXTM3U|#EXT-X-VERSION:3|#EXT-X-TARGETDURATION:9|#EXTINF:2,|%s|#EXT-X-ENDLIST|";
  private static final String DASH =
      "<?xml version='1.0'?>|<MPD xmlns='urn:mpeg:dash:schema:mpd:2011' type='static' "
          + "profiles='urn:mpeg:dash:profile:isoff-on-demand:2011' mediaPresentationDuration='PT2S'>"
          + "<Period><AdaptationSet mimeType='video/mp4'><Representation id='1' bandwidth='1'>"
          + "<BaseURL>%s</BaseURL></Representation></AdaptationSet></Period></MPD>";
  private static final String IMF =
      "<?xml version='1.0'?>|<CompositionPlaylist xmlns='http://www.smpte-ra.org/schemas/2067-3/2016'>"
          + "<Id>urn:uuid:0</Id><SegmentList><Segment>%s</Segment></SegmentList></CompositionPlaylist>";
  private static final String SDP =
      "v=0|o=- 0 0 IN IP4 127.0.0.1|s=%s|c=IN IP4 127.0.0.1|t=0 0|m=video 5004 RTP/AVP 96|"
          + "a=rtpmap:96 H264/90000|";

  private static List<String> scripts() {
    return List.of(
        HLS,
        "#EXTM3U|#EXT-X-STREAM-INF:BANDWIDTH=1|%s|",
        "ffconcat version 1.0|file '%s'|",
        DASH,
        IMF,
        SDP,
        "[playlist]|File1=%s|",
        "<ASX version='3.0'><Entry><Ref href='%s'/></Entry></ASX>",
        "rtsptext|%s|",
        "[Reference]|Ref1=%s|",
        "concat:%s|",
        "data:video/mp4;base64,%s|",
        "subfile,,start,0,end,0,,:%s|",
        "pipe:0|%s|",
        "%%05d.png|%s|");
  }

  private Path script(String form, String target, String extension) throws IOException {
    String text = form.formatted(target).replace('|', '\n');
    return Files.writeString(folder.resolve("list." + extension), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "ts", "m3u8"})
  void filesNamedInAScriptAreNotOpened(String extension) throws IOException {
    for (String form : scripts()) {
      for (String target : List.of(NAMED.toString(), "file:" + NAMED, "concat:" + NAMED)) {
        Path script = script(form, target, extension);

        assertThatThrownBy(() -> index(script))
            .as(form)
            .isInstanceOf(MediaException.class)
            .hasMessageStartingWith(script.toString());
      }
    }
  }

  @Test
  void serversNamedInAScriptAreNotContacted() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String host = "127.0.0.1:" + server.getLocalPort();
      for (String form : scripts()) {
        for (String scheme : List.of("http", "tcp", "rtsp", "ftp", "crypto+http")) {
          Path script = script(form, scheme + "://" + host + "/a.ts", "mp4");
          assertThatThrownBy(() -> index(script)).isInstanceOf(MediaException.class);
        }
      }
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"concat, Virtual concatenation script", "sdp, SDP"})
  void theDetectedFormatIsReported(String name, String longName) throws IOException {
    String form = name.equals("sdp") ? SDP : "ffconcat version 1.0|file '%s'|";
    Path script = script(form, NAMED.toString(), "mp4");

    assertThatThrownBy(() -> index(script))
        .hasMessage(
            "%s is not a supported video but %s (%s); supported formats are MP4, MOV, Matroska, WebM, AVI,"
                    .formatted(script, longName, name)
                + " MPEG (TS, PS), MXF, FLV, Ogg, WMV, DV, GIF, APNG, WebP, TIFF, NUT, and raw H.264, H.265, AV1"
                + " or MPEG-4");
  }

  @Test
  void filesReferredToByAMovieAreNotRead() throws IOException {
    Path movie = Kind.H264_CLOSED_GOP.clip(folder);
    FfmpegCli.ffmpeg(folder, "-i %s -an -c copy plain.mov".formatted(movie.getFileName()));
    byte[] plain = Files.readAllBytes(folder.resolve("plain.mov"));
    byte[] referring = Reference.put(plain, movie.toAbsolutePath().toString());
    Path file = Files.write(folder.resolve("referring.mov"), referring);

    assertThatThrownBy(() -> index(file))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("no frame of the video stream");
  }

  /** A movie with a reference to another file in place of its data. */
  private static final class Reference {

    private static final List<String> AROUND =
        List.of("moov", "trak", "mdia", "minf", "dinf", "dref");

    static byte[] put(byte[] movie, String path) {
      int begin = find(movie, "dref") + 12;
      byte[] alias = alias(path);
      int grown = alias.length - 12;
      ByteBuffer out = ByteBuffer.allocate(movie.length + grown);
      out.put(movie, 0, begin).put(alias).put(movie, begin + 12, movie.length - begin - 12);
      for (String box : AROUND) {
        int size = find(movie, box) - 4;
        out.putInt(size, out.getInt(size) + grown);
      }
      int data = find(movie, "mdat") + 4;
      for (int i = data; i < data + ByteBuffer.wrap(movie).getInt(data - 8) - 8; i++) {
        out.put(i, (byte) 0);
      }
      return out.array();
    }

    private static int find(byte[] movie, String box) {
      return new String(movie, StandardCharsets.ISO_8859_1).indexOf(box);
    }

    /**
     * Returns an alias record as written by QuickTime: names in fixed fields, then the path as item
     * 2.
     */
    private static byte[] alias(String path) {
      byte[] name = path.getBytes(StandardCharsets.UTF_8);
      ByteBuffer alias = ByteBuffer.allocate(12 + 150 + 4 + name.length + name.length % 2 + 4);
      alias.putInt(alias.capacity()).put("alis".getBytes(StandardCharsets.US_ASCII)).putInt(0);
      alias.position(12 + 150).putShort((short) 2).putShort((short) name.length).put(name);
      alias.position(alias.capacity() - 4).putShort((short) -1).putShort((short) 0);
      return alias.array();
    }
  }

  @Test
  void framesBeyondTheLargestCodecLevelAreRejected() throws IOException {
    FfmpegCli.ffmpeg(folder, Kind.PICTURES + "-c:v ffv1 -frames:v 2 large.avi");
    byte[] avi = Files.readAllBytes(folder.resolve("large.avi"));
    int format = new String(avi, StandardCharsets.ISO_8859_1).indexOf("strf") + 8;
    ByteBuffer.wrap(avi).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(format + 4, 16_384);
    ByteBuffer.wrap(avi).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(format + 8, 16_000);
    Path file = Files.write(folder.resolve("large.avi"), avi);

    assertThatThrownBy(() -> index(file))
        .isInstanceOf(MediaException.class)
        .hasMessageEndingWith(
            "large.avi has frames of 16384x16000 px, but at most 142606336 px are supported; scale it down first");
  }

  @Test
  void audioWithAnExtremeSampleRateIsDropped() throws IOException {
    FfmpegCli.ffmpeg(
        folder,
        Kind.PICTURES + "-f lavfi -i sine=duration=2 -c:v mpeg4 -c:a pcm_s16le -shortest slow.avi");
    byte[] avi = Files.readAllBytes(folder.resolve("slow.avi"));
    String text = new String(avi, StandardCharsets.ISO_8859_1);
    int sound = text.indexOf("strf", text.indexOf("auds")) + 8;
    ByteBuffer.wrap(avi).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(sound + 4, 1);
    Path file = Files.write(folder.resolve("slow.avi"), avi);

    AssemblyReport report = Rewriting.whole(file, folder.resolve("o.webm"));

    assertThat(report.frames()).isEqualTo(40);
    assertThat(report.warnings())
        .anyMatch(
            w ->
                w.contains(
                    "pcm_s16le has a sample rate of 1 Hz; supported rates are 2000 to 768000"));
  }
}
