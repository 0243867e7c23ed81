package io.reverie.jobs;

import io.reverie.jobs.carry.Clock.Times;
import io.reverie.jobs.carry.FrameNote;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What came of a segment or a seam; a failure is a value, since a task that throws four times takes
 * the whole job along.
 *
 * @param item the video's position in its job
 * @param seam whether it is the seam after the segment of this number, not the segment itself
 * @param number of the segment
 * @param frames written for the result
 * @param corrupt of the source, damaged or missing
 * @param steps of gradient ascent made
 * @param zeroSteps those of them that found no gradient
 * @param notes of every frame that was dreamed or mixed
 * @param times where the time went
 * @param failure a sentence; empty if all went well
 */
record Piece(
    int item,
    boolean seam,
    int number,
    int frames,
    int corrupt,
    long steps,
    long zeroSteps,
    List<FrameNote> notes,
    Times times,
    String failure)
    implements Serializable {

  Piece {
    notes = List.copyOf(notes);
  }

  /** A piece that a user can mend; a bug is thrown on, with its trace. */
  static Piece failed(int item, boolean seam, int number, Exception e) {
    Optional<String> sentence = Failure.sentence(e);
    if (sentence.isEmpty()) {
      throw new IllegalStateException((seam ? "seam " : "segment ") + number, e);
    }
    return new Piece(item, seam, number, 0, 0, 0, 0, List.of(), Times.NONE, sentence.get());
  }
}
