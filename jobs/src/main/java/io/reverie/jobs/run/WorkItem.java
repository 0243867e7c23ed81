package io.reverie.jobs.run;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.provenance.SourceInfo;
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
public record WorkItem(String input, Location output, Location folder) implements Serializable {

  /**
   * Refuses to put a result in the place of what it is made of, which would be lost.
   *
   * @throws UserException if that is where it is to go
   */
  public WorkItem {
    if (!isNoise(input) && isOver(Location.of(input), output)) {
      throw UserException.usage(
          "%s would be written over %s, what it is made of; name another output"
              .formatted(output, input));
    }
  }

  /** To a file that the user names. */
  public WorkItem(String input, Location output) {
    this(input, output, output.parent());
  }

  /**
   * To a file below a folder that the user names.
   *
   * @throws UserException if the name leads elsewhere
   */
  public static WorkItem below(Location folder, String name, String input) {
    return new WorkItem(input, folder.resolve(name), folder);
  }

  /** The same into another file of the same folder. */
  public WorkItem to(Location other) {
    return new WorkItem(input, other, folder);
  }

  /**
   * To be called before anything is written.
   *
   * @throws IOException if a link leads out of the folder
   */
  public void requireInside() throws IOException {
    Storage.of(output).requireInside(folder, output);
  }

  /**
   * Refuses two inputs with one result, of which one would be lost, and a result in the place of
   * another's input. A wish that comes twice is taken once.
   *
   * @throws UserException that names them
   */
  public static List<WorkItem> apart(List<WorkItem> wishes) {
    Map<String, WorkItem> outputs = new LinkedHashMap<>();
    for (WorkItem wish : wishes) {
      WorkItem first = outputs.putIfAbsent(wish.output().absolute(), wish);
      if (first != null && !first.isOf(wish)) {
        throw UserException.usage(
            "%s and %s would both be written to %s; write them to different folders"
                .formatted(first.input(), wish.input(), wish.output()));
      }
    }
    for (WorkItem wish : outputs.values()) {
      WorkItem lost = wish.isNoise() ? null : outputs.get(wish.source());
      if (lost != null) {
        throw UserException.usage(
            "%s would be written over %s, which is an input too; name another output"
                .formatted(lost.input(), wish.input()));
      }
    }
    return List.copyOf(outputs.values());
  }

  private boolean isOf(WorkItem other) {
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
  public boolean isNoise() {
    return isNoise(input);
  }

  public static boolean isNoise(String input) {
    return input.equals(SourceInfo.NOISE);
  }
}
