package io.reverie.jobs.video.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.Colour;
import io.reverie.video.HdrMetadata;
import io.reverie.video.Orientation;
import io.reverie.video.Playback;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.Band;
import io.reverie.video.sound.Loudness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read of a video survives its file, and nothing else is taken for it. */
class IndexFileTest {

  private static final String NAME = "in/film.mp4";

  private static final Colour HDR =
      new Colour(
          9,
          16,
          9,
          1,
          2,
          new HdrMetadata(
              Collections.nCopies(8, new Rational(1, 50000)),
              List.of(new Rational(1, 10000), new Rational(1000, 1)),
              1000,
              400,
              8));

  private static VideoIndex index(long[] times, VideoIndex.Entry... entries) {
    return new VideoIndex(
        1,
        "hevc",
        new Rational(1, 90_000),
        new Rational(30_000, 1001),
        new Size(320, 180),
        new Orientation("transpose=clock", true),
        10,
        true,
        true,
        HDR,
        true,
        3,
        times,
        entries,
        new Playback(7, 2));
  }

  private static InputVideo file(long modified, String version) {
    return new InputVideo(
        NAME,
        List.of(new FileEntry(Location.of(NAME), 12_345, modified, version)),
        true,
        new Rational(25, 1));
  }

  private static byte[] written(ReadVideo video) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    IndexFile.write(video, out);
    return out.toByteArray();
  }

  private static void assertSame(ReadVideo read, ReadVideo video) {
    assertThat(read.input()).isEqualTo(video.input());
    assertThat(read.range()).isEqualTo(video.range());
    assertThat(read.index()).usingRecursiveComparison().isEqualTo(video.index());
    assertThat(read.loudness().rms().keySet()).isEqualTo(video.loudness().rms().keySet());
    video
        .loudness()
        .rms()
        .forEach((band, levels) -> assertThat(read.loudness().rms().get(band)).isEqualTo(levels));
  }

  @Test
  void everythingIsReadAsItWasWritten() throws IOException {
    long[] times = {-9_000, -5_997, 0, 3, Long.MAX_VALUE / 4};
    ReadVideo video =
        new ReadVideo(
            file(-5, "\"etag\""),
            index(times, new VideoIndex.Entry(-9_000, -12_000), new VideoIndex.Entry(0, 40)),
            new PtsRange(Long.MIN_VALUE, 3),
            new Loudness(
                Map.of(
                    Band.BASS, new float[] {0, 0.5f, Float.MIN_VALUE}, Band.FULL, new float[0])));
    assertSame(IndexFile.read(NAME, new ByteArrayInputStream(written(video))), video);
  }

  @Test
  void numberedFramesKeepTheirNames() throws IOException {
    String pattern = "s3a://bucket/in/f%03d.png";
    List<FileEntry> files =
        List.of(
            new FileEntry(Location.of("s3a://bucket/in/f007.png"), 9, 1, "a"),
            new FileEntry(Location.of("s3a://bucket/in/f8.png"), 8, 2, "b"));
    ReadVideo video =
        new ReadVideo(
            new InputVideo(pattern, files, false, new Rational(24, 1)),
            VideoIndex.steady(new Rational(24, 1), 2, new Size(8, 8), 8, false),
            PtsRange.ALL,
            Loudness.NONE);
    assertSame(IndexFile.read(pattern, new ByteArrayInputStream(written(video))), video);
  }

  @Test
  void aFilmOfAMillionFramesTakesSomeKilobytes() throws IOException {
    long[] times = LongStream.range(0, 1_000_000).map(i -> 3003 * i).toArray();
    ReadVideo video = new ReadVideo(file(1, "1"), index(times), PtsRange.ALL, Loudness.NONE);
    byte[] bytes = written(video);
    assertThat(bytes.length).isLessThan(8_000);
    assertSame(IndexFile.read(NAME, new ByteArrayInputStream(bytes)), video);
  }

  private static byte[] small() throws IOException {
    return written(
        new ReadVideo(file(1, "1"), index(new long[] {0, 1, 2}), PtsRange.ALL, Loudness.NONE));
  }

  @Test
  void aCutFileIsNoIndex() throws IOException {
    byte[] whole = small();
    for (int length = 0; length < whole.length; length++) {
      ByteArrayInputStream cut = new ByteArrayInputStream(whole, 0, length);
      assertThatThrownBy(() -> IndexFile.read(NAME, cut)).isInstanceOf(EOFException.class);
    }
  }

  /** FFmpeg would run these filters. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transpose=clock | movie=secrets",
        "\"hevc\" | \"h/vc\"",
        "\"bitDepth\":10 | \"bitDepth\":-1",
        "\"alpha\":true | \"alpha\":null",
      })
  void aForgedHeaderIsRefused(String old, String other) throws IOException {
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(small())).readAllBytes();
    String text = new String(plain, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(old);
    // Of the same length, since the header begins with its own.
    String forged = text.replace(old, (other + " ".repeat(20)).substring(0, old.length()));
    assertRefused(forged.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8})
  void aForgedStartIsRefused(int at) throws IOException {
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(small())).readAllBytes();
    plain[at] = (byte) 0x7f;
    assertRefused(plain);
  }

  @Test
  void moreFramesThanAFilmHasAreRefused() throws IOException {
    byte[] three = plain(0, 1, 2);
    int count = Arrays.mismatch(three, plain(0, 1, 2, 3));
    assertThat(three[count]).as("three, as written").isEqualTo((byte) 6);
    // 2^24 + 1, and then as many times as the reader wants.
    byte[] number = {(byte) 0x82, (byte) 0x80, (byte) 0x80, 0x10};
    byte[] forged = Arrays.copyOf(three, (1 << 24) + count + 100);
    Arrays.fill(forged, count, forged.length, (byte) 0);
    System.arraycopy(number, 0, forged, count, number.length);
    assertRefused(forged);
    assertThatThrownBy(() -> IndexFile.read(NAME, new ByteArrayInputStream(zipped(forged))))
        .hasMessage("16777217 entries");
  }

  private static byte[] plain(long... times) throws IOException {
    byte[] bytes = written(new ReadVideo(file(1, "1"), index(times), PtsRange.ALL, Loudness.NONE));
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
      zipped.write(plain);
    }
    return out.toByteArray();
  }

  private static void assertRefused(byte[] plain) throws IOException {
    assertThatThrownBy(() -> IndexFile.read(NAME, new ByteArrayInputStream(zipped(plain))))
        .isInstanceOfAny(
            EOFException.class,
            IllegalArgumentException.class,
            com.fasterxml.jackson.core.JsonProcessingException.class);
  }
}
