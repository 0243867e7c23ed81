package io.reverie.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.core.Size;
import io.reverie.jobs.camera.Dive;
import io.reverie.jobs.camera.DivePlan.Stretch;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.MediaSource;
import io.reverie.video.shot.Shots;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is kept of a video until it is assembled, in files that all machines see. Its name is a hash
 * of all that decides the frames, so that whatever lies in it can be gone on from: another input or
 * another spec has another folder.
 */
record WorkFolder(Location folder) implements Serializable {

  /** What Reverie keeps beside results, and nobody else looks at. */
  static final String HIDDEN = ".reverie";

  static final String WORK = "work";

  /** Where work folders lie: a hidden one beside the result, or where the user wants it. */
  static Location root(Location output, RunOptions options) {
    return options.work().isEmpty()
        ? output.sibling(HIDDEN).resolve(WORK)
        : new Location(Location.of(options.work()).absolute());
  }

  /**
   * To be called before anything is looked for in a work folder beside the result.
   *
   * @throws IOException if a link leads from there to elsewhere
   */
  static void requireInside(Location output, RunOptions options) throws IOException {
    if (options.work().isEmpty()) {
      Location any = root(output, options).resolve("any");
      Storage.of(output).requireInside(output.parent(), any);
    }
  }

  static WorkFolder of(Location output, String key, RunOptions options) {
    return new WorkFolder(root(output, options).resolve(output.name() + "-" + key));
  }

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

  /** A stretch of a dive. */
  static String stretch(Stretch stretch) {
    return "segment-000000-%03d".formatted(stretch.number());
  }

  static String seam(int before) {
    return "seam-%06d".formatted(before);
  }

  Location file(String name) {
    return folder.resolve(name);
  }

  /** A file that is there, to be read. */
  MediaSource media(String name) throws IOException {
    return StoredMedia.of(file(name));
  }

  private Location record(boolean seam, int number) {
    return file((seam ? seam(number) : "segment-%06d".formatted(number)) + ".json");
  }

  /** Reads something that was kept. */
  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * What was kept in a file; empty if there is none, or if it cannot be understood, as after a
   * machine that lost its power or another program that wrote there: it is done again.
   */
  private static <T> Optional<T> kept(Location file, Reader<T> reader) throws IOException {
    Storage storage = Storage.of(file);
    if (storage.find(file).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(storage.read(file), 1 << 20)) {
      return Optional.of(reader.read(in));
    } catch (JsonProcessingException | EOFException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /** A segment or seam that was finished before. */
  Optional<Piece> finished(int item, boolean seam, int number) throws IOException {
    return kept(record(seam, number), in -> PieceJson.read(in).of(item))
        .filter(piece -> isOf(piece, seam, number));
  }

  private static boolean isOf(Piece piece, boolean seam, int number) {
    return piece.seam() == seam && piece.number() == number && piece.failure().isEmpty();
  }

  /** To be called when all files of a piece are there. */
  void finish(Piece piece) throws IOException {
    Location record = record(piece.seam(), piece.number());
    Storage storage = Storage.of(record);
    storage.write(record, PieceJson.bytes(piece));
    if (!piece.seam()) {
      storage.delete(checkpoint(piece.number()));
    }
  }

  private Location checkpoint(int segment) {
    return file("segment-%06d.checkpoint".formatted(segment));
  }

  /** Where a segment stands that was not finished. */
  Optional<Checkpoint> standing(int segment, Size size) throws IOException {
    return kept(checkpoint(segment), in -> Checkpoint.read(in, size))
        .filter(checkpoint -> isOf(checkpoint.soFar(), false, segment));
  }

  void keep(int segment, Checkpoint checkpoint) throws IOException {
    keep(checkpoint(segment), checkpoint::write);
  }

  /** Where a dive stands that was not finished. */
  Optional<Dive.State> dive(Size size) throws IOException {
    return kept(checkpoint(0), in -> Dive.State.read(in, size));
  }

  void keep(Dive.State state) throws IOException {
    keep(checkpoint(0), state::write);
  }

  /** Writes something to be kept. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void keep(Location file, Content content) throws IOException {
    Storage.of(file)
        .publish(
            file,
            part -> {
              try (OutputStream out =
                  new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
                content.write(out);
              }
              return part;
            });
  }

  private Location shotsFile() {
    return file("shots.json");
  }

  /** Where shots begin, if it was found before. */
  Optional<Shots> shots() throws IOException {
    return kept(shotsFile(), PieceJson::readShots);
  }

  void keepShots(Shots shots) throws IOException {
    Location file = shotsFile();
    Storage.of(file).write(file, PieceJson.bytes(shots));
  }

  /** Whether there is anything to go on from. */
  boolean hasPieces() throws IOException {
    try (Stream<Entry> files = Storage.of(folder).list(folder)) {
      return files.anyMatch(file -> file.location().name().startsWith("segment-"));
    }
  }

  /** Once the result is there. */
  void delete() throws IOException {
    Storage storage = Storage.of(folder);
    storage.delete(folder);
    if (folder.parent().name().equals(WORK) && folder.parent().parent().name().equals(HIDDEN)) {
      storage.deleteIfEmpty(folder.parent());
      storage.deleteIfEmpty(folder.parent().parent());
    }
  }
}
