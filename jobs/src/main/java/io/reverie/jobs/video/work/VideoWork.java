package io.reverie.jobs.video.work;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.index.IndexFile;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.record.RecordJson;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * The files of a video's work folder: its index, detected shots, encoded chunks, finished segments,
 * checkpoints.
 */
public record VideoWork(WorkFolder folder) implements Serializable {

  private static final String INDEX = "index";
  private static final String SHOTS = "shots.json";
  private static final String PARTIAL = "partial";

  /** The file of a chunk's frames for the result. */
  public static String chunk(Segment segment, Chunk chunk) {
    return "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** The file of a chunk's frames for a seam. */
  public static String side(Segment segment, Chunk chunk, Seam seam) {
    return sidesOf(seam) + "segment-%06d-%03d".formatted(segment.number(), chunk.number());
  }

  /** Prefix of the names of all files with frames for a seam. */
  public static String sidesOf(Seam seam) {
    return "side-%06d-".formatted(seam.before());
  }

  public static String seam(int before) {
    return "seam-%06d".formatted(before);
  }

  public Location file(String name) {
    return folder.file(name);
  }

  public MediaSource media(String name) throws IOException {
    return folder.media(name);
  }

  private static String record(boolean seam, int number) {
    return (seam ? seam(number) : "segment-%06d".formatted(number)) + ".json";
  }

  /** The result of a segment or seam that an earlier run or attempt finished. */
  public Optional<SegmentResult> finished(boolean seam, int number) throws IOException {
    return folder
        .load(record(seam, number), RecordJson::read)
        .filter(result -> isOf(result, seam, number));
  }

  /**
   * The result of a segment or seam that this run has finished.
   *
   * @throws MediaException if another program has removed or damaged it since
   */
  public SegmentResult required(boolean seam, int number) throws IOException {
    return finished(seam, number)
        .orElseThrow(
            () ->
                new MediaException(
                    "%s is missing or damaged; rerun to make it again"
                        .formatted(file(record(seam, number)))));
  }

  private static boolean isOf(SegmentResult result, boolean seam, int number) {
    return result.seam() == seam && result.number() == number;
  }

  /** Records a result; call after all its files are published. */
  public void finish(SegmentResult result) throws IOException {
    Location record = file(record(result.seam(), result.number()));
    Storage storage = Storage.of(record);
    storage.write(record, RecordJson.bytes(result));
    if (!result.seam()) {
      storage.deleteFile(file(checkpoint(result.number())));
    }
  }

  /** Notes that the file of the finished part belongs to this work; see {@link PartialVideo}. */
  public void markPartial() throws IOException {
    Storage.of(file(PARTIAL)).write(file(PARTIAL), new byte[0]);
  }

  public boolean hasPartial() throws IOException {
    return Storage.of(file(PARTIAL)).find(file(PARTIAL)).isPresent();
  }

  private static String checkpoint(int segment) {
    return "segment-%06d.checkpoint".formatted(segment);
  }

  /** The last checkpoint of an unfinished segment. */
  public Optional<Checkpoint> checkpoint(int segment, Size size) throws IOException {
    return folder
        .loadCheckpoint(checkpoint(segment), in -> Checkpoint.read(in, size))
        .filter(checkpoint -> isOf(checkpoint.soFar(), false, segment));
  }

  /** When the last checkpoint of an unfinished segment was saved; 0 if there is none. */
  public long progress(int segment) throws IOException {
    Location file = file(checkpoint(segment));
    return Storage.of(file).find(file).map(FileEntry::modified).orElse(0L);
  }

  public void save(int segment, Checkpoint checkpoint) throws IOException {
    folder.saveCheckpoint(checkpoint(segment), checkpoint::write);
  }

  /**
   * What was read of the video.
   *
   * @param name of the video, as the user named it
   */
  public Optional<ReadVideo> index(String name) throws IOException {
    return folder.load(INDEX, in -> IndexFile.read(name, in));
  }

  public void saveIndex(ReadVideo video) throws IOException {
    folder.save(INDEX, out -> IndexFile.write(video, out));
  }

  /** The shots that an earlier run detected. */
  public Optional<Shots> shots() throws IOException {
    return folder.load(SHOTS, in -> RecordJson.readShots(in));
  }

  public void saveShots(Shots shots) throws IOException {
    Location file = file(SHOTS);
    Storage.of(file).write(file, RecordJson.bytes(shots));
  }

  public boolean hasSegments() throws IOException {
    return folder.hasSegments();
  }

  public void delete() throws IOException {
    folder.delete();
  }
}
