package io.reverie.video.header;

import io.reverie.video.MediaChannel;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/**
 * A GIF without a palette for the whole file: each picture that uses it has a copy of its own.
 * FFmpeg fills what a picture leaves free, or clears, with a colour of that palette if there is
 * one, and otherwise with transparency, as browsers always do.
 */
public final class LocalPalettes {

  private static final int HEADER = 13;
  private static final int FLAGS = 10;
  private static final int PRESENT = 0x80;
  private static final int SIZE = 7;

  private LocalPalettes() {}

  /**
   * Returns the GIF with local palettes; a file without a common palette is returned as it is.
   *
   * @throws MediaException if it cannot be read, or holds more than a million pictures
   */
  public static MediaSource of(MediaSource gif) {
    try {
      return read(gif);
    } catch (HeaderException e) {
      throw new MediaException(gif.name() + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(gif.name(), e.getMessage()), e);
    }
  }

  private static MediaSource read(MediaSource gif) throws IOException {
    byte[] head = new byte[HEADER];
    long[] ends;
    try (SeekableByteChannel channel = gif.open()) {
      HeaderBytes in = new HeaderBytes(channel);
      if (in.length() < HEADER || (in.u8(FLAGS) & PRESENT) == 0) {
        return gif;
      }
      for (int i = 0; i < HEADER; i++) {
        head[i] = (byte) in.u8(i);
      }
      ends = GifBlocks.endsOfSharingDescriptors(in);
    }
    int size = head[FLAGS] & SIZE;
    head[FLAGS] = (byte) (head[FLAGS] & ~PRESENT);
    return new Source(gif, head, size, moved(ends, 3 << (size + 1)));
  }

  /** Returns where the descriptors end in the changed file. */
  private static long[] moved(long[] ends, int palette) {
    for (int i = 0; i < ends.length; i++) {
      ends[i] += (i - 1L) * palette;
    }
    return ends;
  }

  /**
   * The changed file.
   *
   * @param size as in the flags
   * @param ends where in the changed file a picture's descriptor ends and its palette begins
   */
  private record Source(MediaSource gif, byte[] head, int size, long[] ends)
      implements MediaSource {

    @Override
    public String name() {
      return gif.name();
    }

    @Override
    public SeekableByteChannel open() throws IOException {
      return new Channel(gif.open(), this);
    }

    int palette() {
      return 3 << (size + 1);
    }
  }

  private static final class Channel extends MediaChannel {

    private final Source source;
    private final long size;

    Channel(SeekableByteChannel file, Source source) throws IOException {
      super(file);
      this.source = source;
      this.size = Math.max(HEADER, file.size() + (source.ends().length - 1L) * source.palette());
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    protected int read(ByteBuffer into, long at) throws IOException {
      if (at < HEADER) {
        int count = (int) Math.min(into.remaining(), HEADER - at);
        into.put(source.head(), (int) at, count);
        return count;
      }
      long[] ends = source.ends();
      int found = Arrays.binarySearch(ends, at);
      // The number of descriptors before this place.
      int before = found < 0 ? -found - 1 : found + 1;
      long inPalette = before == 0 ? Long.MAX_VALUE : at - ends[before - 1];
      if (inPalette < source.palette()) {
        return readFile(into, HEADER + inPalette, source.palette() - inPalette);
      }
      long from = at - (before - 1L) * source.palette();
      long flags = before == ends.length ? Long.MAX_VALUE : ends[before] - 1;
      return at == flags ? readFlags(into, from) : readFile(into, from, flags - at);
    }

    private int readFlags(ByteBuffer into, long from) throws IOException {
      int at = into.position();
      int read = readFile(into, from, 1);
      if (read == 1) {
        into.put(at, (byte) ((into.get(at) & ~SIZE) | PRESENT | source.size()));
      }
      return read;
    }
  }
}
