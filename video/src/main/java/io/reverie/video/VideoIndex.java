package io.reverie.video;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a video's main stream holds, without its pictures. Frames are known by their pts.
 *
 * @param stream the stream's number in its file
 * @param codec FFmpeg's name
 * @param timeBase the unit of all times here
 * @param rate average frames per second; 0/1 if unknown
 * @param size as displayed: upright, square pixels
 * @param orientation how to turn what is decoded
 * @param bitDepth of a colour component
 * @param alpha whether it has transparency
 * @param interlaced whether frames are woven from two fields
 * @param colour what its numbers mean
 * @param cutOff whether the file ends before what its header says
 * @param astray how many frames are left out because their times cannot be right
 * @param times of every frame that is shown, ascending
 * @param entries where decoding can begin, ascending
 */
public record VideoIndex(
    int stream,
    String codec,
    Rational timeBase,
    Rational rate,
    Size size,
    Orientation orientation,
    int bitDepth,
    boolean alpha,
    boolean interlaced,
    Colour colour,
    boolean cutOff,
    int astray,
    long[] times,
    Entry[] entries)
    implements Serializable {

  /** A packet that decoding can begin with; dts may lie before or behind. */
  public record Entry(long pts, long dts) implements Serializable {}

  /**
   * Of frames that are in no video file. Their pts are their numbers, from 0.
   *
   * @param rate frames per second
   * @param frames how many
   */
  public static VideoIndex steady(
      Rational rate, int frames, Size size, int bitDepth, boolean alpha) {
    return new VideoIndex(
        0,
        "stills",
        rate.inverse(),
        rate,
        size,
        Orientation.UPRIGHT,
        bitDepth,
        alpha,
        false,
        Colour.UNSAID,
        false,
        0,
        LongStream.range(0, frames).toArray(),
        new Entry[0]);
  }

  /** Of a file's first stream whose frames were not looked for. */
  public static VideoIndex unknown(String codec, Rational timeBase, Rational rate) {
    return new VideoIndex(
        0,
        codec,
        timeBase,
        rate,
        new Size(1, 1),
        Orientation.UPRIGHT,
        8,
        false,
        false,
        Colour.UNSAID,
        false,
        0,
        new long[1],
        new Entry[0]);
  }

  /** The same without the frames before a time, which are there and cannot be decoded. */
  public VideoIndex startingAt(long pts, boolean woven) {
    int first = Math.min(first(pts), times.length - 1);
    return with(interlaced || woven, Arrays.copyOfRange(times, first, times.length), entries);
  }

  /** The same with what its frames say themselves; decoding begins at the file's start. */
  public VideoIndex decodedAt(long[] decoded, boolean woven) {
    return with(interlaced || woven, decoded, new Entry[0]);
  }

  private VideoIndex with(boolean woven, long[] others, Entry[] begins) {
    return new VideoIndex(
        stream,
        codec,
        timeBase,
        rate,
        size,
        orientation,
        bitDepth,
        alpha,
        woven,
        colour,
        cutOff,
        astray,
        others,
        begins);
  }

  /** How many frames there are. */
  public int count() {
    return times.length;
  }

  /** How many frames lie within a range. */
  public int count(PtsRange range) {
    return first(range.to()) - first(range.from());
  }

  /** Whether a frame has this time. */
  public boolean has(long pts) {
    return Arrays.binarySearch(times, pts) >= 0;
  }

  /** The position of the first frame at or after a time; {@link #count()} if there is none. */
  public int first(long pts) {
    int at = Arrays.binarySearch(times, pts);
    return at >= 0 ? at : -at - 1;
  }

  /** The range that holds the frames from one position up to, not including, another. */
  public PtsRange range(int from, int to) {
    return new PtsRange(
        from == 0 ? Long.MIN_VALUE : times[from], to >= times.length ? Long.MAX_VALUE : times[to]);
  }

  /**
   * The time of a moment, for comparison with frames' times.
   *
   * @param seconds from the first frame
   */
  public long at(double seconds) {
    return times[0] + (long) Math.ceil(seconds * timeBase.den() / timeBase.num() - 1e-6);
  }

  /** Seconds from the first frame's begin to the last one's. */
  public double seconds() {
    return (times[times.length - 1] - times[0]) * timeBase.toDouble();
  }
}
