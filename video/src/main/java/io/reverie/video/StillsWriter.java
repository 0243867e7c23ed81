package io.reverie.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the frames of a segment as numbered stills.
 *
 * @param folder that they go to, there already
 * @param pattern of their names
 * @param index of the source
 * @param firstFrame the position in the index of the frame that gets the number 1
 * @param quality of JPEG and WebP, 1 to 100
 */
public record StillsWriter(
    Path folder, FramePattern pattern, VideoIndex index, int firstFrame, int quality)
    implements FrameWriter {

  @Override
  public void write(Frame frame) {
    long number = index.first(frame.pts()) - firstFrame + 1L;
    String name = pattern.file(number).getFileName().toString();
    try {
      Files.write(
          folder.resolve(name), Stills.encode(frame, name, index.bitDepth() > 8 ? 16 : 8, quality));
    } catch (IOException e) {
      throw new MediaException("%s: cannot be written (%s)".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
