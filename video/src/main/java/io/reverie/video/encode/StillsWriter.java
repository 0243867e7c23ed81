package io.reverie.video.encode;

import io.reverie.video.Frame;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.VideoIndex;
import io.reverie.video.still.Still;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the frames of a segment as numbered stills to one ZIP file. */
public final class StillsWriter implements FrameWriter {

  private final FramePattern pattern;
  private final VideoIndex index;
  private final int firstFrame;
  private final StillOptions options;
  private final ZipOutputStream out;

  /**
   * Creates the file.
   *
   * @param pattern file name pattern of the stills
   * @param index of the source
   * @param firstFrame position in the index of the frame that is numbered 1
   * @param options how stills are compressed
   */
  public StillsWriter(
      Path file, FramePattern pattern, VideoIndex index, int firstFrame, StillOptions options) {
    this.pattern = pattern;
    this.index = index;
    this.firstFrame = firstFrame;
    this.options = options;
    try {
      this.out = new ZipOutputStream(Files.newOutputStream(file));
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
    // Stills are already compressed.
    out.setLevel(Deflater.NO_COMPRESSION);
  }

  @Override
  public void write(Frame frame) {
    String name = pattern.name(index.first(frame.pts()) - firstFrame + 1L);
    byte[] still = Stills.encode(new Still(frame, index.bitDepth() > 8 ? 16 : 8), name, options);
    try {
      out.putNextEntry(new ZipEntry(name));
      out.write(still);
      out.closeEntry();
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  private static MediaException unwritable(String name, IOException e) {
    return new MediaException("cannot write %s: %s".formatted(name, e.getMessage()), e);
  }

  @Override
  public void finish() {
    try {
      out.finish();
    } catch (IOException e) {
      throw unwritable(pattern.text(), e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw unwritable(pattern.text(), e);
    }
  }
}
