package io.reverie.jobs.video;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.MediaSource;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** What a work folder holds of a video: encoded chunks, finished segments, checkpoints, shots. */
record VideoWork(WorkFolder folder) implements Serializable {

  private static final String SHOTS = "shots.json";

  /** A chunk's frames for the result. */
  static String chunk(Segment segment, Chunk chunk) {
    return "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** A chunk's frames for a seam. */
  static String side(Segment segment, Chunk chunk, Seam seam) {
    return sidesOf(seam) + "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** What the names of all sides of a seam begin with. */
  static String sidesOf(Seam seam) {
    return "side-%06d-".formatted(seam.before());
  }

  static String seam(int before) {
    return "seam-%06d".formatted(before);
  }

  Location file(String name) {
    return folder.file(name);
  }

  MediaSource media(String name) throws IOException {
    return folder.media(name);
  }

  private static String record(boolean seam, int number) {
    return (seam ? seam(number) : "segment-%06d".formatted(number)) + ".json";
  }

  /** A segment or seam that was finished before. */
  Optional<SegmentResult> finished(int item, boolean seam, int number) throws IOException {
    return folder
        .kept(record(seam, number), in -> SegmentResultJson.read(in).of(item))
        .filter(piece -> isOf(piece, seam, number));
  }

  private static boolean isOf(SegmentResult piece, boolean seam, int number) {
    return piece.seam() == seam && piece.number() == number && piece.failure().isEmpty();
  }

  /** To be called when all files of a piece are there. */
  void finish(SegmentResult piece) throws IOException {
    Location record = file(record(piece.seam(), piece.number()));
    Storage storage = Storage.of(record);
    storage.write(record, SegmentResultJson.bytes(piece));
    if (!piece.seam()) {
      storage.delete(file(checkpoint(piece.number())));
    }
  }

  private static String checkpoint(int segment) {
    return "segment-%06d.checkpoint".formatted(segment);
  }

  /** The last checkpoint of an unfinished segment. */
  Optional<Checkpoint> checkpoint(int segment, Size size) throws IOException {
    return folder
        .kept(checkpoint(segment), in -> Checkpoint.read(in, size))
        .filter(checkpoint -> isOf(checkpoint.soFar(), false, segment));
  }

  void keep(int segment, Checkpoint checkpoint) throws IOException {
    folder.keep(checkpoint(segment), checkpoint::write);
  }

  /** The shots that an earlier run detected. */
  Optional<Shots> shots() throws IOException {
    return folder.kept(SHOTS, in -> SegmentResultJson.readShots(in));
  }

  void keepShots(Shots shots) throws IOException {
    Location file = file(SHOTS);
    Storage.of(file).write(file, SegmentResultJson.bytes(shots));
  }

  boolean hasPieces() throws IOException {
    return folder.hasPieces();
  }

  void delete() throws IOException {
    folder.delete();
  }
}
