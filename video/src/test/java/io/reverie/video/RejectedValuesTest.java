package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.check.OutputCheck;
import io.reverie.video.header.Pictures;
import io.reverie.video.header.Samples;
import io.reverie.video.header.StillKind;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;
import io.reverie.video.motion.CameraMotion;
import io.reverie.video.motion.FlowField;
import io.reverie.video.motion.LaiProtocol;
import io.reverie.video.motion.Motion;
import io.reverie.video.motion.TwoWayMotion;
import io.reverie.video.series.FramePosition;
import io.reverie.video.still.ContactSheet;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Subsampling;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records do not accept values that no video has. */
class RejectedValuesTest {

  private static final VideoIndex INDEX =
      VideoIndex.steady(new Rational(25, 1), 2, new Size(4, 2), 8, false);

  private static Arguments made(String sentence, Supplier<Record> record) {
    return Arguments.of(sentence, record);
  }

  static Stream<Arguments> values() {
    Rational never = new Rational(0, 1);
    return Stream.of(
        made(
            "frame 1 at 5 is not later than 5", () -> INDEX.decodedAt(new long[] {5, 5, 6}, false)),
        made(
            "frame 2 at 3 is not later than 6", () -> INDEX.decodedAt(new long[] {5, 6, 3}, false)),
        made(
            "an index cannot have 0 bits and the time base 1/25",
            () -> VideoIndex.steady(INDEX.rate(), 2, INDEX.size(), 0, false)),
        made(
            "an index cannot have 8 bits and the time base 0/1",
            () -> VideoIndex.unknown("h264", never, INDEX.rate())),
        made("a contact sheet cannot have 0 columns", () -> new ContactSheet(INDEX.size(), 0)),
        made(
            "1 files of 5 bytes do not fit the times of 0",
            () -> new SegmentFiles(List.of(MediaSource.of("a", new byte[5])), List.of(), 5)),
        made("a segment cannot have 8 bits and the origin 1", () -> segment(8, 1)),
        made("a segment cannot have 0 bits and the origin 0", () -> segment(0, 0)),
        made("no frame is at position -1, number 1, 0.0 s", () -> new FramePosition(-1, 1, 0)),
        made("no frame is at position 0, number -2, 0.0 s", () -> new FramePosition(0, -2, 0)),
        made("no frame is at position 0, number 1, -0.1 s", () -> new FramePosition(0, 1, -0.1)),
        made(
            "quality must be from 1 to 100, not 101",
            () -> new StillOptions(101, Subsampling.YUV444)),
        made(
            "a need of -1.0 bytes of heap and 0.0 other bytes is invalid",
            () -> new MemoryNeed(-1, 0)),
        made(
            "a need of 0.0 bytes of heap and NaN other bytes is invalid",
            () -> new MemoryNeed(0, 0 / 0.)),
        made(
            "a camera cannot zoom by 0.0, rotate by 0.0 and move by 0.0, 0.0",
            () -> new CameraMotion(0, 0, 0, 0)),
        made(
            "a camera cannot zoom by 1.0, rotate by 0.0 and move by Infinity, 0.0",
            () -> new CameraMotion(1, 0, 1 / 0., 0)),
        made("a flow of 0 x 2 cannot have 0 values", () -> new FlowField(0, 2, new float[0])),
        made(
            "5 values of consistency do not fit a flow of 3 x 2",
            () -> new Motion(flow(3, 2), new float[5])),
        made(
            "a flow of 3 x 2 has no inverse of 2 x 3",
            () -> new TwoWayMotion(Motion.none(3, 2), Motion.none(2, 3))),
        made(
            "a mask of 7 pixels does not fit a flow of 3 x 2",
            () -> new LaiProtocol.Visible(flow(3, 2), new float[7])),
        made(
            "an output cannot have 1 streams and 3 frames over NaN s, the last for 0.0 s",
            () -> new OutputCheck(3, 0 / 0., 1, 0)),
        made(
            "-1 pictures cannot be played 0 times",
            () -> new Pictures(StillKind.GIF, -1, true, 0, false)),
        made(
            "a component needs at least 1 bit, not 0",
            () -> new Samples(Samples.Model.GREY, Samples.Alpha.NONE, 0, false)),
        made(
            "a process cannot have -1.0 bytes of heap and 5.0 bytes in all",
            () -> new ProcessMemory(-1, 5)));
  }

  private static FlowField flow(int width, int height) {
    return new FlowField(width, height, new float[width * height * 2]);
  }

  private static SegmentFormat segment(int bits, long origin) {
    return new SegmentFormat(
        INDEX.size(), INDEX.timeBase(), INDEX.rate(), INDEX.colour(), bits, false, origin);
  }

  @ParameterizedTest
  @MethodSource("values")
  void wrongValuesAreNamed(String sentence, Supplier<Record> record) {
    assertThatThrownBy(record::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void aRangeContainsItselfAndItsParts() {
    PtsRange range = new PtsRange(10, 20);
    assertThat(range.contains(range)).isTrue();
    assertThat(range.contains(new PtsRange(11, 19))).isTrue();
    assertThat(range.contains(new PtsRange(9, 20))).isFalse();
    assertThat(range.contains(new PtsRange(10, 21))).isFalse();
    assertThat(PtsRange.ALL.contains(range)).isTrue();
  }
}
