package io.reverie.jobs.video.index;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.untrusted.StoredJson;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.FramePattern;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.VideoIndex.Entry;
import io.reverie.video.sound.Band;
import io.reverie.video.sound.Loudness;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * What was read of a video as a file of its work folder, where all tasks find it: a film of a
 * million frames takes some kilobytes, since most of its times are equally far apart. Others may
 * write there too; reading anything that Reverie did not write throws an {@link EOFException}, a
 * {@link com.fasterxml.jackson.core.JsonProcessingException} or an {@link
 * IllegalArgumentException}.
 */
public final class IndexFile {

  private static final int MAGIC = 0x52564958;
  private static final int VERSION = 1;

  private static final int MAX_HEADER = 1 << 20;

  /**
   * A week at 25 frames per second. Zeros compress a thousandfold, so a small forged file could
   * otherwise fill the heap.
   */
  private static final int MAX_COUNT = 1 << 24;

  /** The filters that {@link io.reverie.video.Orientation} may name; FFmpeg runs them. */
  private static final Pattern FILTERS =
      Pattern.compile("(?:transpose=(?:c?clock|c?clock_flip)|hflip|vflip|hflip,vflip)?");

  private static final Pattern CODEC = Pattern.compile("[a-z0-9_-]{1,64}");

  private IndexFile() {}

  public static void write(ReadVideo video, OutputStream out) throws IOException {
    GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16);
    DataOutputStream data = new DataOutputStream(zipped);
    data.writeInt(MAGIC);
    data.writeInt(VERSION);
    byte[] header =
        StoredJson.MAPPER.writeValueAsBytes(video.index().at(new long[0], new Entry[0]));
    data.writeInt(header.length);
    data.write(header);
    data.writeLong(video.range().from());
    data.writeLong(video.range().to());
    writeInput(video.input(), data);
    writeTimes(video.index(), data);
    writeLoudness(video.loudness(), data);
    data.flush();
    zipped.finish();
  }

  /**
   * Reads what was written.
   *
   * @param name of the video, as the user named it
   */
  public static ReadVideo read(String name, InputStream in) throws IOException {
    try {
      DataInputStream data = new DataInputStream(new GZIPInputStream(in, 1 << 16));
      if (data.readInt() != MAGIC || data.readInt() != VERSION) {
        throw new EOFException("not an index");
      }
      int length = data.readInt();
      if (length < 0 || length > MAX_HEADER) {
        throw new EOFException("not an index");
      }
      VideoIndex header = StoredJson.MAPPER.readValue(data.readNBytes(length), VideoIndex.class);
      if (!FILTERS.matcher(header.orientation().filters()).matches()
          || !CODEC.matcher(header.codec()).matches()) {
        throw new IllegalArgumentException("not an index");
      }
      PtsRange range = new PtsRange(data.readLong(), data.readLong());
      InputVideo input = readInput(name, data);
      VideoIndex index = readTimes(header, data);
      Loudness loudness = readLoudness(data);
      if (data.read() >= 0) {
        throw new EOFException("bytes after the index");
      }
      if (index.count() == 0) {
        throw new EOFException("an index without frames");
      }
      return new ReadVideo(input, index, range, loudness);
    } catch (ZipException e) {
      EOFException damaged = new EOFException("not an index");
      damaged.initCause(e);
      throw damaged;
    }
  }

  private static void writeInput(InputVideo input, DataOutputStream out) throws IOException {
    out.writeBoolean(input.isFile());
    out.writeInt(input.rate().num());
    out.writeInt(input.rate().den());
    writeNumber(input.files().size(), out);
    for (FileEntry file : input.files()) {
      if (!input.isFile()) {
        out.writeUTF(file.location().name());
      }
      writeNumber(file.length(), out);
      out.writeLong(file.modified());
      out.writeUTF(file.version());
    }
  }

  /** The video's name decides which files there may be: a record must not choose what is read. */
  private static InputVideo readInput(String name, DataInputStream in) throws IOException {
    boolean isFile = in.readBoolean();
    Rational rate = new Rational(in.readInt(), in.readInt());
    int count = readCount(in);
    Location location = Location.of(name);
    if (isFile ? count != 1 : !FramePattern.isPattern(location.name())) {
      throw new EOFException("not the files of " + name);
    }
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Location file = isFile ? location : frame(location, in.readUTF());
      files.add(new FileEntry(file, readNumber(in), in.readLong(), in.readUTF()));
    }
    return new InputVideo(name, files, isFile, rate);
  }

  private static Location frame(Location pattern, String name) throws EOFException {
    if (new FramePattern(pattern.name()).number(name).isEmpty()) {
      throw new EOFException("not a frame of " + pattern);
    }
    return pattern.sibling(name);
  }

  private static void writeTimes(VideoIndex index, DataOutputStream out) throws IOException {
    writeNumber(index.times().length, out);
    Steps steps = new Steps();
    for (long time : index.times()) {
      writeNumber(steps.take(time), out);
    }
    writeNumber(index.entries().length, out);
    Steps entries = new Steps();
    for (Entry entry : index.entries()) {
      writeNumber(entries.take(entry.pts()), out);
      writeNumber(entry.pts() - entry.dts(), out);
    }
  }

  private static VideoIndex readTimes(VideoIndex header, DataInputStream in) throws IOException {
    int count = readCount(in);
    // Grows with what is there: a forged number alone must not take memory.
    Longs times = new Longs();
    Steps steps = new Steps();
    for (int i = 0; i < count; i++) {
      times.add(steps.give(readNumber(in)));
    }
    int begins = readCount(in);
    List<Entry> entries = new ArrayList<>();
    Steps entrySteps = new Steps();
    for (int i = 0; i < begins; i++) {
      long pts = entrySteps.give(readNumber(in));
      entries.add(new Entry(pts, pts - readNumber(in)));
    }
    return header.at(times.toArray(), entries.toArray(new Entry[0]));
  }

  private static void writeLoudness(Loudness loudness, DataOutputStream out) throws IOException {
    writeNumber(loudness.rms().size(), out);
    for (Map.Entry<Band, float[]> band : new TreeMap<>(loudness.rms()).entrySet()) {
      out.writeUTF(band.getKey().name());
      writeNumber(band.getValue().length, out);
      for (float level : band.getValue()) {
        out.writeFloat(level);
      }
    }
  }

  private static Loudness readLoudness(DataInputStream in) throws IOException {
    int bands = readCount(in);
    if (bands > Band.values().length) {
      throw new EOFException("%d bands".formatted(bands));
    }
    Map<Band, float[]> rms = new EnumMap<>(Band.class);
    for (int i = 0; i < bands; i++) {
      Band band = Band.valueOf(in.readUTF());
      int count = readCount(in);
      Longs bits = new Longs();
      for (int j = 0; j < count; j++) {
        bits.add(in.readInt());
      }
      long[] all = bits.toArray();
      float[] levels = new float[all.length];
      for (int j = 0; j < levels.length; j++) {
        levels[j] = Float.intBitsToFloat((int) all[j]);
      }
      rms.put(band, levels);
    }
    return new Loudness(rms);
  }

  /** Differences of differences, which are 0 at a steady rate. */
  private static final class Steps {
    private long last;
    private long step;

    long take(long value) {
      long change = value - last - step;
      step = value - last;
      last = value;
      return change;
    }

    long give(long change) {
      step += change;
      last += step;
      return last;
    }
  }

  /** A growing array. */
  private static final class Longs {
    private long[] values = new long[1024];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }

  /** Small numbers of either sign take one byte. */
  private static void writeNumber(long value, DataOutputStream out) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long bits = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      bits |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new EOFException("not a number");
  }

  private static int readCount(DataInputStream in) throws IOException {
    long count = readNumber(in);
    if (count < 0 || count > MAX_COUNT) {
      throw new EOFException("%d entries".formatted(count));
    }
    return (int) count;
  }
}
