package io.reverie.video;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The index of a video's main stream: format, frame times and entry points, without image data.
 * Frames are identified by their presentation times.
 *
 * @param stream number of the stream in its file
 * @param codec FFmpeg's name
 * @param timeBase unit of all times in the index
 * @param rate average frames per second; 0/1 if unknown
 * @param size as displayed: upright, with square pixels
 * @param orientation how to turn decoded frames upright
 * @param bitDepth bits per colour component
 * @param alpha whether frames have transparency
 * @param interlaced whether frames consist of two fields
 * @param cutOff whether the file ends before the duration in its header
 * @param astray number of frames dropped because of impossible times
 * @param times presentation times of all displayed frames, strictly ascending
 * @param entries packets at which decoding can start, ascending
 * @param playback how long the last frame is shown, and how often an animation is played
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
    Entry[] entries,
    Playback playback)
    implements Serializable {

  public VideoIndex {
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        throw new IllegalArgumentException(
            "frame %d at %d is not later than %d".formatted(i, times[i], times[i - 1]));
      }
    }
    if (timeBase.num() < 1 || bitDepth < 1) {
      throw new IllegalArgumentException(
          "an index cannot have %d bits and the time base %s".formatted(bitDepth, timeBase));
    }
  }

  /** A packet at which decoding can start. */
  public record Entry(long pts, long dts) implements Serializable {}

  /**
   * Creates an index of numbered stills; the presentation times are 0, 1, 2 and so on.
   *
   * @param rate frames per second
   * @param frames number of frames
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
        Colour.UNSPECIFIED,
        false,
        0,
        LongStream.range(0, frames).toArray(),
        new Entry[0],
        Playback.UNSTATED);
  }

  /** Creates an index for decoding the first stream without scanning its packets. */
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
        Colour.UNSPECIFIED,
        false,
        0,
        new long[1],
        new Entry[0],
        Playback.UNSTATED);
  }

  /** Returns this index without the frames before a time, which exist but cannot be decoded. */
  public VideoIndex startingAt(long pts, boolean isInterlaced) {
    int first = Math.min(first(pts), times.length - 1);
    return with(
        interlaced || isInterlaced, Arrays.copyOfRange(times, first, times.length), entries);
  }

  /**
   * Returns this index with the times of decoded frames; decoding starts at the beginning of the
   * file.
   */
  public VideoIndex decodedAt(long[] decoded, boolean isInterlaced) {
    return with(interlaced || isInterlaced, decoded, new Entry[0]);
  }

  /** Returns this index with other frames. */
  public VideoIndex at(long[] others, Entry[] begins) {
    return with(interlaced, others, begins);
  }

  /** Returns this index with the size and the colour properties of its first frame. */
  public VideoIndex describedBy(Size shown, Colour actual) {
    return new VideoIndex(
        stream,
        codec,
        timeBase,
        rate,
        shown,
        orientation,
        bitDepth,
        alpha,
        interlaced,
        actual,
        cutOff,
        astray,
        times,
        entries,
        playback);
  }

  private VideoIndex with(boolean isInterlaced, long[] others, Entry[] begins) {
    return with(codec, alpha, isInterlaced, others, begins);
  }

  /** Returns this index under another name of the codec. */
  public VideoIndex as(String name) {
    return with(name, alpha, interlaced, times, entries);
  }

  /** Returns this index of frames with or without transparency. */
  public VideoIndex withAlpha(boolean transparent) {
    return with(codec, transparent, interlaced, times, entries);
  }

  private VideoIndex with(
      String name, boolean transparent, boolean isInterlaced, long[] others, Entry[] begins) {
    return new VideoIndex(
        stream,
        name,
        timeBase,
        rate,
        size,
        orientation,
        bitDepth,
        transparent,
        isInterlaced,
        colour,
        cutOff,
        astray,
        others,
        begins,
        playback);
  }

  /** Returns the number of frames. */
  public int count() {
    return times.length;
  }

  /** Returns the number of frames in a range. */
  public int count(PtsRange range) {
    return first(range.to()) - first(range.from());
  }

  /** Returns whether a frame has this presentation time. */
  public boolean has(long pts) {
    return Arrays.binarySearch(times, pts) >= 0;
  }

  /**
   * Returns the position of the first frame at or after a time; {@link #count()} if there is none.
   */
  public int first(long pts) {
    int at = Arrays.binarySearch(times, pts);
    return at >= 0 ? at : -at - 1;
  }

  /**
   * Returns how long a frame is shown, in ticks: until the next one, and the last as long as the
   * file says, otherwise as the rate says.
   */
  public long duration(int position) {
    if (position + 1 < times.length) {
      return times[position + 1] - times[position];
    }
    return playback.last() > 0 ? playback.last() : usualDuration();
  }

  /** Returns the time between two frames at the average rate, in ticks; 1 if it is unknown. */
  public long usualDuration() {
    return rate.num() > 0
        ? Math.max(1, Math.round(1 / (rate.toDouble() * timeBase.toDouble())))
        : 1;
  }

  /** Returns the range of the frames from one position (inclusive) to another (exclusive). */
  public PtsRange range(int from, int to) {
    return new PtsRange(
        from == 0 ? Long.MIN_VALUE : times[from], to >= times.length ? Long.MAX_VALUE : times[to]);
  }

  /**
   * Converts seconds to a time that is comparable with frame times.
   *
   * @param seconds since the first frame
   */
  public long at(double seconds) {
    return times[0] + (long) Math.ceil(seconds * timeBase.den() / timeBase.num() - 1e-6);
  }

  /** Returns the seconds between the first and the last presentation time. */
  public double seconds() {
    return (times[times.length - 1] - times[0]) * timeBase.toDouble();
  }
}
