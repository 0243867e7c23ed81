package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Names the results of the videos on a command line. */
final class VideoInputs {

  private VideoInputs() {}

  /**
   * Returns one item for each input.
   *
   * @param output a file for one input, a folder for several
   * @throws UserException for several inputs with a single file, or numbered frames with a folder
   */
  static List<WorkItem> items(List<String> inputs, Location output) throws IOException {
    boolean folder = OutputTarget.isFolder(output, inputs.size() == 1);
    List<WorkItem> items = new ArrayList<>();
    for (String input : inputs) {
      items.add(
          folder
              ? WorkItem.below(output, OutputTarget.nameOf(nameIn(input)), input)
              : new WorkItem(input, output));
    }
    return items;
  }

  private static String nameIn(String input) throws IOException {
    Location location = Location.of(input);
    if (FramePattern.isPattern(location.name()) && Storage.of(location).find(location).isEmpty()) {
      throw UserException.usage(
          "%s names numbered frames; name an output file for them, such as out.mp4"
              .formatted(input));
    }
    return location.name();
  }
}
