package io.reverie.jobs;

import io.reverie.jobs.storage.Location;
import io.reverie.video.FramePattern;
import java.io.Serializable;
import java.util.OptionalLong;

/**
 * Something to dream.
 *
 * @param input as the user names it
 * @param output where the result goes
 */
public record Wish(String input, Location output) implements Serializable {

  /**
   * Refuses to put a result in the place of what it is made of, which would be lost.
   *
   * @throws UserException if that is where it is to go
   */
  public Wish {
    if (!Original.isNoise(input) && isOver(Location.of(input), output)) {
      throw UserException.usage(
          "%s would be written over %s, what it is made of; name another output"
              .formatted(output, input));
    }
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
}
