package io.reverie.jobs.video.input;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.Glob;
import io.reverie.jobs.listing.HiddenNames;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.allowlist.Containers;
import io.reverie.video.header.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The videos that a user selected, and where each result goes.
 *
 * @param failures inputs that were found but cannot be read
 * @param skipped files that match a glob but are not videos
 */
public record VideoInputs(List<WorkItem> items, List<Outcome> failures, SkippedKinds skipped) {

  /**
   * Resolves files, patterns of numbered frames, and globs.
   *
   * @param output a file for one input, a folder for several
   * @throws UserException for several inputs with a single file, or numbered frames with a folder
   */
  public static VideoInputs of(List<String> inputs, Location output) throws IOException {
    boolean several = inputs.size() > 1 || glob(inputs.get(0)).isPresent();
    boolean folder = OutputTarget.isFolder(output, !several);
    VideoInputs found = new VideoInputs(new ArrayList<>(), new ArrayList<>(), new SkippedKinds());
    for (String input : inputs) {
      Optional<Glob> glob = glob(input);
      if (glob.isPresent()) {
        found.list(glob.get(), input, output);
      } else if (folder) {
        found.items.add(WorkItem.below(output, OutputTarget.nameOf(nameIn(input)), input));
      } else {
        found.items.add(new WorkItem(input, output));
      }
    }
    return found;
  }

  private static Optional<Glob> glob(String input) throws IOException {
    Location location = Location.of(input);
    return FramePattern.isPattern(location.name()) ? Optional.empty() : Glob.unlessFile(location);
  }

  private void list(Glob glob, String input, Location output) throws IOException {
    int before = items.size() + failures.size();
    List<WorkItem> found = new ArrayList<>();
    try (Stream<ListingEntry> all = Storage.of(glob.base()).inputs(glob.base(), output)) {
      for (Iterator<ListingEntry> each = all.iterator(); each.hasNext(); ) {
        take(each.next(), glob, output, found);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(WorkItem::input));
    items.addAll(found);
    if (items.size() + failures.size() == before) {
      throw UserException.environment(
          "no video matches %s%s"
              .formatted(input, skipped.sentence().map(s -> "; " + s).orElse("")));
    }
  }

  private void take(ListingEntry listed, Glob glob, Location output, List<WorkItem> found) {
    Location file = listed.location();
    String name = glob.base().relative(file);
    if (listed instanceof ListingFault unreadable) {
      boolean mayHideVideos = unreadable.folder() || glob.matches(name);
      if (mayHideVideos) {
        failures.add(Outcome.failed(file.text(), output.text(), unreadable.sentence()));
      }
    } else if (listed instanceof FileEntry && !HiddenNames.holds(name) && glob.matches(name)) {
      if (Containers.namesVideo(file.name()) || holdsSeries(file)) {
        found.add(WorkItem.below(output, OutputTarget.nameOf(name), file.text()));
      } else {
        skipped.add(file.name());
      }
    }
  }

  /**
   * Returns whether an image file holds several pictures; one that cannot be read says why later.
   */
  private static boolean holdsSeries(Location file) {
    if (!Containers.mayNameSeries(file.name())) {
      return false;
    }
    try (SeekableByteChannel content = StoredMedia.of(file).open()) {
      return Pictures.of(content).filter(found -> found.count() > 1).isPresent();
    } catch (IOException e) {
      return true;
    }
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
