package io.reverie.jobs.kept;

import io.reverie.core.Image;
import io.reverie.temporal.carry.ShotDreamer;
import io.reverie.temporal.carry.ShotReplay;
import java.io.IOException;
import java.util.Optional;

/**
 * The piece of a chunk while its frames are made: one that is read, one that is written, or none.
 */
public final class KeptChunk implements AutoCloseable {

  /** Neither reads nor writes. */
  public static final KeptChunk NONE = new KeptChunk(Optional.empty(), Optional.empty());

  private final Optional<PieceReader> reader;
  private final Optional<PieceWriter> writer;

  private KeptChunk(Optional<PieceReader> reader, Optional<PieceWriter> writer) {
    this.reader = reader;
    this.writer = writer;
  }

  public static KeptChunk reading(PieceReader piece) {
    return new KeptChunk(Optional.of(piece), Optional.empty());
  }

  public static KeptChunk writing(PieceWriter piece) {
    return new KeptChunk(Optional.empty(), Optional.of(piece));
  }

  /**
   * Reads the dream of the next frame.
   *
   * @param source at the size of the ascent
   * @throws DamagedDreamException if it cannot be read
   */
  public ShotReplay.Earlier read(long pts, Image source) {
    KeptFrame frame = reader.orElseThrow().next(pts, source);
    return new ShotReplay.Earlier(frame.dream(), frame.iterations(), frame.alone());
  }

  /** Writes the dream of the next frame if there is a piece to write. */
  public void write(ShotDreamer.Dreamed frame) {
    writer.ifPresent(
        piece ->
            piece.write(
                new KeptFrame(
                    frame.measures().pts(),
                    frame.dream(),
                    frame.measures().iterations(),
                    frame.measures().alone()),
                frame.source()));
  }

  /** Publishes what was written, or checks what was read. */
  public void finish() throws IOException {
    if (writer.isPresent()) {
      writer.get().publish();
    }
    reader.ifPresent(PieceReader::finish);
  }

  @Override
  public void close() {
    writer.ifPresent(PieceWriter::close);
    reader.ifPresent(PieceReader::close);
  }
}
