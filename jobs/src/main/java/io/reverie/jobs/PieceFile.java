package io.reverie.jobs;

import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import java.io.IOException;
import java.nio.file.Path;

/** A file of a piece's frames that appears complete or not at all. */
final class PieceFile implements AutoCloseable {

  private final Path file;
  private final Path part;
  private final FrameWriter writer;
  private int frames;
  private boolean open = true;

  private PieceFile(Path file, Path part, FrameWriter writer) {
    this.file = file;
    this.part = part;
    this.writer = writer;
  }

  /** Opens a writer on a part. */
  interface Opening {
    FrameWriter writer(Path part);
  }

  static PieceFile of(Path file, Path part, Opening opening) throws IOException {
    try {
      return new PieceFile(file, part, opening.writer(part));
    } catch (RuntimeException e) {
      WorkFolders.delete(part);
      throw e;
    }
  }

  void write(Frame frame) {
    writer.write(frame);
    frames++;
  }

  int frames() {
    return frames;
  }

  void publish() throws IOException {
    writer.finish();
    closeWriter();
    WorkFolders.delete(file);
    Publishing.move(part, file);
  }

  /** Once: it frees native memory. */
  private void closeWriter() {
    if (open) {
      open = false;
      writer.close();
    }
  }

  @Override
  public void close() {
    closeWriter();
    WorkFolders.delete(part);
  }
}
