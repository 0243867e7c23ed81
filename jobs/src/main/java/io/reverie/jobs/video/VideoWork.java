package io.reverie.jobs.video;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.MediaSource;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * The files of a video's work folder: encoded chunks, finished segments, checkpoints, detected
 * shots.
 */
record VideoWork(WorkFolder folder) implements Serializable {

  private static final String SHOTS = "shots.json";
  private static final String PARTIAL = "partial";

  /** The file of a chunk's frames for the result. */
  static String chunk(Segment segment, Chunk chunk) {
    return "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** The file of a chunk's frames for a seam. */
  static String side(Segment segment, Chunk chunk, Seam seam) {
    return sidesOf(seam) + "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** Prefix of the names of all files with frames for a seam. */
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

  /** The result of a segment or seam that an earlier run or attempt finished. */
  Optional<SegmentResult> finished(int item, boolean seam, int number) throws IOException {
    return folder
        .load(record(seam, number), in -> SegmentResultJson.read(in).withItem(item))
        .filter(result -> isOf(result, seam, number));
  }

  private static boolean isOf(SegmentResult result, boolean seam, int number) {
    return result.seam() == seam && result.number() == number && result.failure().isEmpty();
  }

  /** Records a result; call after all its files are published. */
  void finish(SegmentResult result) throws IOException {
    Location record = file(record(result.seam(), result.number()));
    Storage storage = Storage.of(record);
    storage.write(record, SegmentResultJson.bytes(result));
    if (!result.seam()) {
      storage.deleteFile(file(checkpoint(result.number())));
    }
  }

  /** Notes that the file of the finished part belongs to this work; see {@link PartialVideo}. */
  void markPartial() throws IOException {
    Storage.of(file(PARTIAL)).write(file(PARTIAL), new byte[0]);
  }

  boolean hasPartial() throws IOException {
    return Storage.of(file(PARTIAL)).find(file(PARTIAL)).isPresent();
  }

  private static String checkpoint(int segment) {
    return "segment-%06d.checkpoint".formatted(segment);
  }

  /** The last checkpoint of an unfinished segment. */
  Optional<Checkpoint> checkpoint(int segment, Size size) throws IOException {
    return folder
        .loadFloats(checkpoint(segment), in -> Checkpoint.read(in, size))
        .filter(checkpoint -> isOf(checkpoint.soFar(), false, segment));
  }

  /** When the last checkpoint of an unfinished segment was saved; 0 if there is none. */
  long progress(int segment) throws IOException {
    Location file = file(checkpoint(segment));
    return Storage.of(file).find(file).map(FileEntry::modified).orElse(0L);
  }

  void save(int segment, Checkpoint checkpoint) throws IOException {
    folder.saveFloats(checkpoint(segment), checkpoint::write);
  }

  /** The shots that an earlier run detected. */
  Optional<Shots> shots() throws IOException {
    return folder.load(SHOTS, in -> SegmentResultJson.readShots(in));
  }

  void saveShots(Shots shots) throws IOException {
    Location file = file(SHOTS);
    Storage.of(file).write(file, SegmentResultJson.bytes(shots));
  }

  boolean hasSegments() throws IOException {
    return folder.hasSegments();
  }

  void delete() throws IOException {
    folder.delete();
  }
}
