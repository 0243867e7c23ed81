package io.reverie.jobs;

import io.reverie.jobs.provenance.Source;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Something to dream.
 *
 * @param input as the user names it
 * @param output where the result goes
 * @param folder that nothing of the result may leave, whatever links there are
 */
public record Wish(String input, Location output, Location folder) implements Serializable {

  /**
   * Refuses to put a result in the place of what it is made of, which would be lost.
   *
   * @throws UserException if that is where it is to go
   */
  public Wish {
    if (!isNoise(input) && isOver(Location.of(input), output)) {
      throw UserException.usage(
          "%s would be written over %s, what it is made of; name another output"
              .formatted(output, input));
    }
  }

  /** To a file that the user names. */
  public Wish(String input, Location output) {
    this(input, output, output.parent());
  }

  /**
   * To a file below a folder that the user names.
   *
   * @throws UserException if the name leads elsewhere
   */
  static Wish below(Location folder, String name, String input) {
    return new Wish(input, folder.resolve(name), folder);
  }

  /** The same into another file of the same folder. */
  Wish to(Location other) {
    return new Wish(input, other, folder);
  }

  /**
   * To be called before anything is written.
   *
   * @throws IOException if a link leads out of the folder
   */
  void requireInside() throws IOException {
    Storage.of(output).requireInside(folder, output);
  }

  /**
   * Refuses two inputs with one result, of which one would be lost, and a result in the place of
   * another's input. A wish that comes twice is taken once.
   *
   * @throws UserException that names them
   */
  static List<Wish> apart(List<Wish> wishes) {
    Map<String, Wish> outputs = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      Wish first = outputs.putIfAbsent(wish.output().absolute(), wish);
      if (first != null && !first.isOf(wish)) {
        throw UserException.usage(
            "%s and %s would both be written to %s; write them to different folders"
                .formatted(first.input(), wish.input(), wish.output()));
      }
    }
    for (Wish wish : outputs.values()) {
      Wish lost = wish.isNoise() ? null : outputs.get(wish.source());
      if (lost != null) {
        throw UserException.usage(
            "%s would be written over %s, which is an input too; name another output"
                .formatted(lost.input(), wish.input()));
      }
    }
    return List.copyOf(outputs.values());
  }

  private boolean isOf(Wish other) {
    boolean noise = isNoise() || other.isNoise();
    return !noise && source().equals(other.source());
  }

  private String source() {
    return Location.of(input).absolute();
  }

  private static boolean isOver(Location source, Location output) {
    return source.absolute().equals(output.absolute())
        || (FramePattern.isPattern(output.name())
            && source.parent().absolute().equals(output.parent().absolute())
            && isFrame(source.name(), new FramePattern(output.name())));
  }

  private static boolean isFrame(String name, FramePattern pattern) {
    OptionalLong number = pattern.number(name);
    return number.isPresent() && pattern.name(number.getAsLong()).equals(name);
  }

  /** Whether the input is noise, and no file. */
  boolean isNoise() {
    return isNoise(input);
  }

  static boolean isNoise(String input) {
    return input.equals(Source.NOISE);
  }
}
