package io.reverie.jobs.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.untrusted.StoredJson;
import java.io.IOException;
import java.io.Serializable;

/**
 * The dream of one input in pieces that every machine can read. A video has one piece for each
 * chunk and a record for each finished segment, a still has a single one of both.
 *
 * @param active whether pieces are read and written; otherwise nothing is ever looked up
 * @param finished segments when the run was planned
 */
public record KeptDream(WorkFolder folder, boolean active, int finished) implements Serializable {

  /** Neither keeps nor uses anything. */
  public static final KeptDream NONE = new KeptDream(new WorkFolder(new Location("")), false, 0);

  /** Ends the names of records of finished segments. */
  static final String FINISHED = ".finished";

  public KeptDream {
    if (finished < 0) {
      throw new IllegalArgumentException("%d segments cannot be finished".formatted(finished));
    }
  }

  /**
   * The record of a finished segment.
   *
   * @param pieces number of its pieces
   */
  record Finished(int pieces) {}

  /**
   * The place of a dream.
   *
   * @param output of the run; the dream is kept in its work folder
   */
  static WorkFolder place(DreamSource source, Location output, RunOptions options) {
    return WorkFolder.ofDream(output, source.name() + "-" + source.key(), options);
  }

  private static String segment(int number) {
    return "segment-%06d".formatted(number);
  }

  private Location piece(int segment, int number) {
    return folder.file("%s-%03d".formatted(segment(segment), number));
  }

  /** Opens a new piece. */
  public PieceWriter writer(int segment, int piece) throws IOException {
    return new PieceWriter(piece(segment, piece));
  }

  /**
   * Opens a piece of a finished segment.
   *
   * @param size of the ascent
   * @throws DamagedDreamException if it is damaged or missing
   */
  public PieceReader reader(int segment, int piece, Size size) throws IOException {
    return new PieceReader(piece(segment, piece), size);
  }

  /** Returns whether all pieces of a segment were published. */
  public boolean isFinished(int segment, int pieces) throws IOException {
    return active
        && folder
            .load(
                segment(segment) + FINISHED, in -> StoredJson.MAPPER.readValue(in, Finished.class))
            .filter(finished -> finished.pieces() == pieces)
            .isPresent();
  }

  /** Returns whether the first pieces of a segment were published. */
  public boolean hasPieces(int segment, int pieces) throws IOException {
    for (int i = 0; i < pieces; i++) {
      Location piece = piece(segment, i);
      if (Storage.of(piece).find(piece).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Records that a segment is complete; call after its pieces are published. */
  public void finish(int segment, int pieces) throws IOException {
    Location record = folder.file(segment(segment) + FINISHED);
    Storage.of(record).write(record, StoredJson.MAPPER.writeValueAsBytes(new Finished(pieces)));
  }

  /** Forgets a damaged segment. */
  public void forget(int segment, int pieces) throws IOException {
    Location record = folder.file(segment(segment) + FINISHED);
    Storage storage = Storage.of(record);
    storage.delete(record);
    for (int i = 0; i < pieces; i++) {
      storage.delete(piece(segment, i));
    }
  }

  /** Writes what the dream was made from, so that later runs can tell why they cannot use it. */
  public void describe(DreamSource source, Location output) throws IOException {
    Location file = folder.file(Description.FILE);
    try {
      Storage.of(file).write(file, StoredJson.MAPPER.writeValueAsBytes(source.description(output)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
