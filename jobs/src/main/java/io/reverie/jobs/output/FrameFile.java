package io.reverie.jobs.output;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of frames that appears complete or not at all; not at all, too, if it has no frames. */
public final class FrameFile implements AutoCloseable {

  private final Location file;
  private final Opening opening;
  private Optional<Path> part = Optional.empty();
  private Optional<FrameWriter> writer = Optional.empty();
  private int frames;

  /** Opens a writer on a file of this machine. */
  public interface Opening {
    FrameWriter writer(Path part);
  }

  public FrameFile(Location file, Opening opening) {
    this.file = file;
    this.opening = opening;
  }

  public String name() {
    return file.name();
  }

  public void write(Frame frame) {
    if (writer.isEmpty()) {
      open();
    }
    writer.get().write(frame);
    frames++;
  }

  private void open() {
    try {
      Path path = Storage.of(file).part(file);
      part = Optional.of(path);
      writer = Optional.of(opening.writer(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int frames() {
    return frames;
  }

  public void publish() throws IOException {
    if (frames > 0) {
      writer.get().finish();
      closeWriter();
      Storage.of(file).commit(part.get(), file);
    }
  }

  /** Once: it frees native memory. */
  private void closeWriter() {
    Optional<FrameWriter> open = writer;
    writer = Optional.empty();
    open.ifPresent(FrameWriter::close);
  }

  @Override
  public void close() {
    try {
      closeWriter();
    } finally {
      part.ifPresent(FrameFile::delete);
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
