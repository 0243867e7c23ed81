package io.reverie.core.weights.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A file in a zip.
 *
 * @param method 0 stored, 8 deflated
 * @param compressed size in the zip
 * @param size uncompressed size
 * @param header position of the local header
 * @param limit position where the next entry or the directory starts
 */
public record ZipEntry(
    String name, int method, long compressed, long size, long header, long limit) {

  public static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int HEADER = 30;
  private static final int SIGNATURE = 0x04034b50;

  /**
   * Limit of the compression ratio: deflate can reach 1,032, while SqueezeNet's pickle (5 KB for 52
   * tensors) reaches 2.8, and its tensors 1.1.
   */
  private static final int HIGHEST_RATIO = 100;

  /** A bias of zeros has any ratio. */
  private static final int SMALL = 1 << 20;

  ZipEntry endingBefore(long next) {
    return new ZipEntry(name, method, compressed, size, header, next);
  }

  /**
   * Returns the bytes of a storage. PyTorch never compresses them, but archivers do; such bytes are
   * inflated when they are read.
   *
   * @throws MalformedWeights if the entry is not where the directory says, or if its compression
   *     ratio is implausible for numbers
   */
  public Region storage(Source source) throws IOException, MalformedWeights {
    if (method == STORED) {
      return stored(source);
    }
    requireDeflated(SMALL);
    Region region = region(source);
    return new Region(new Source.OfDeflated(region, this), 0, size);
  }

  /** Returns the bytes of an uncompressed entry. */
  public Region stored(Source source) throws IOException, MalformedWeights {
    if (compressed != size) {
      throw broken();
    }
    return region(source);
  }

  /**
   * Opens the uncompressed content; the caller closes it.
   *
   * @throws MalformedWeights if its compression ratio is implausible for a pickle
   */
  public InputStream open(Source source) throws IOException, MalformedWeights {
    Region region = method == STORED ? stored(source) : region(source);
    InputStream raw =
        new SourceStream(source, region.position(), region.position() + region.length());
    if (method == STORED) {
      return raw;
    }
    requireDeflated(0);
    return new Inflated(raw, size);
  }

  /**
   * Refuses what would expand without end.
   *
   * @param free size that may have any ratio
   */
  private void requireDeflated(long free) throws MalformedWeights {
    if (method != DEFLATED) {
      throw new MalformedWeights("its entry %s is compressed by method %d".formatted(name, method));
    }
    if (size < 0 || compressed < 0 || (size > free && size / HIGHEST_RATIO > compressed)) {
      throw new MalformedWeights(
          "its entry %s has %d bytes compressed to %d".formatted(name, size, compressed));
    }
  }

  /** Opens the content of this entry; the caller closes it. */
  InputStream inflated(Region region) {
    return new Inflated(
        new SourceStream(region.source(), region.position(), region.position() + region.length()),
        size);
  }

  private Region region(Source source) throws IOException, MalformedWeights {
    // The next entry may declare a false position, too.
    long end = Math.min(limit, source.size());
    if (header < 0 || compressed < 0 || header > end - HEADER) {
      throw broken();
    }
    ByteBuffer local = source.read(header, HEADER);
    long begin =
        header
            + HEADER
            + Short.toUnsignedInt(local.getShort(26))
            + Short.toUnsignedInt(local.getShort(28));
    if (local.getInt(0) != SIGNATURE || compressed > end - begin) {
      throw broken();
    }
    return new Region(source, begin, compressed);
  }

  private MalformedWeights broken() {
    return new MalformedWeights(
        "it is a broken zip: its entry %s is not where its directory says".formatted(name));
  }

  /** Ends after the declared size and frees the inflater's native memory. */
  private static final class Inflated extends InflaterInputStream {

    private long left;

    Inflated(InputStream raw, long size) {
      super(raw, new Inflater(true), 1 << 16);
      this.left = size;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int read = super.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
