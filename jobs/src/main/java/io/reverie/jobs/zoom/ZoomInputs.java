package io.reverie.jobs.zoom;

import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.List;

/** The images that a user selected, each with the video made from it. */
final class ZoomInputs {

  private ZoomInputs() {}

  static ImageListing of(List<String> inputs, Location output) throws IOException {
    boolean one = inputs.size() == 1 && ImageListing.isPicture(inputs.get(0));
    if (one && !OutputTarget.isFolder(output, true)) {
      WorkItem item = new WorkItem(inputs.get(0), output);
      return new ImageListing(List.of(item), List.of(), new SkippedKinds());
    }
    // Before the output is judged, so that a missing input is named rather than a wrong output.
    ImageListing images = ImageListing.into(output, inputs);
    OutputTarget.isFolder(output, one);
    List<WorkItem> zooms = images.items().stream().map(ZoomInputs::video).toList();
    return new ImageListing(zooms, images.failures(), images.skipped());
  }

  private static WorkItem video(WorkItem image) {
    String name = image.output().name();
    int dot = name.lastIndexOf('.');
    String stem = name.substring(0, dot < 0 ? name.length() : dot);
    return image.to(image.output().sibling(stem + ".mp4"));
  }
}
