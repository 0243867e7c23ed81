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
 * An input and the location of its result.
 *
 * @param input as the user named it
 * @param folder that the result must stay in, even if links lead out of it
 */
public record WorkItem(String input, Location output, Location folder) implements Serializable {

  /**
   * Refuses an output that would overwrite its own input.
   *
   * @throws UserException that names both
   */
  public WorkItem {
    if (!isNoise(input) && overwrites(Location.of(input), output)) {
      throw UserException.usage(
          "%s would overwrite its own input %s; name another output".formatted(output, input));
    }
  }

  /** An item whose output file the user named. */
  public WorkItem(String input, Location output) {
    this(input, output, output.parent());
  }

  /**
   * An item whose output is below a folder that the user named.
   *
   * @throws UserException if the name leads out of the folder
   */
  public static WorkItem below(Location folder, String name, String input) {
    return new WorkItem(input, folder.resolve(name), folder);
  }

  /** Returns a copy with another output file in the same folder. */
  public WorkItem to(Location other) {
    return new WorkItem(input, other, folder);
  }

  /**
   * Checks for links; call before anything is written.
   *
   * @throws IOException if a link leads out of the folder
   */
  public void requireInside() throws IOException {
    Storage.of(output).requireInside(folder, output);
  }

  /**
   * Refuses two inputs with the same output, and an output that would overwrite another input.
   * Duplicate items are dropped.
   *
   * @throws UserException that names them
   */
  public static List<WorkItem> apart(List<WorkItem> items) {
    Map<String, WorkItem> outputs = new LinkedHashMap<>();
    for (WorkItem item : items) {
      WorkItem first = outputs.putIfAbsent(item.output().absolute(), item);
      if (first != null && !first.hasSourceOf(item)) {
        throw UserException.usage(
            "%s and %s would both be written to %s; write them to different folders"
                .formatted(first.input(), item.input(), item.output()));
      }
    }
    for (WorkItem item : outputs.values()) {
      WorkItem overwriting = item.isNoise() ? null : outputs.get(item.source());
      if (overwriting != null) {
        throw UserException.usage(
            "the result of %s would overwrite %s, which is also an input; name another output"
                .formatted(overwriting.input(), item.input()));
      }
    }
    return List.copyOf(outputs.values());
  }

  private boolean hasSourceOf(WorkItem other) {
    boolean noise = isNoise() || other.isNoise();
    return !noise && source().equals(other.source());
  }

  private String source() {
    return Location.of(input).absolute();
  }

  private static boolean overwrites(Location source, Location output) {
    return source.absolute().equals(output.absolute())
        || (FramePattern.isPattern(output.name())
            && source.parent().absolute().equals(output.parent().absolute())
            && isFrame(source.name(), new FramePattern(output.name())));
  }

  private static boolean isFrame(String name, FramePattern pattern) {
    OptionalLong number = pattern.number(name);
    return number.isPresent() && pattern.name(number.getAsLong()).equals(name);
  }

  /** Returns whether the image is generated from noise instead of read from a file. */
  public boolean isNoise() {
    return isNoise(input);
  }

  public static boolean isNoise(String input) {
    return input.equals(SourceInfo.NOISE);
  }
}
