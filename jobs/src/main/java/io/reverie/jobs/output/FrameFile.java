package io.reverie.jobs.output;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import io.reverie.video.PacketTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of frames, published atomically. A file without frames is not published. */
public final class FrameFile implements AutoCloseable {

  private final Location file;
  private final WriterFactory writers;
  private Optional<Path> part = Optional.empty();
  private Optional<FrameWriter> writer = Optional.empty();
  private int frames;
  private PacketTimes packets = PacketTimes.UNKNOWN;

  /** Opens a writer for a local file. */
  public interface WriterFactory {
    FrameWriter open(Path part);
  }

  public FrameFile(Location file, WriterFactory writers) {
    this.file = file;
    this.writers = writers;
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
      writer = Optional.of(writers.open(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int frames() {
    return frames;
  }

  /** The times of the packets of a published file, if it has packets. */
  public PacketTimes packets() {
    return packets;
  }

  public void publish() throws IOException {
    if (frames > 0) {
      writer.get().finish();
      packets = writer.get().packets();
      closeWriter();
      Storage.of(file).commit(part.get(), file);
    }
  }

  /** Clears the field first, since closing twice would free native memory twice. */
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
