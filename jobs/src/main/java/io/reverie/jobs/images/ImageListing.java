package io.reverie.jobs.images;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.Glob;
import io.reverie.jobs.listing.HiddenNames;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.listing.SkippedKinds;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.OutputRule;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.ListingEntry;
import io.reverie.jobs.storage.ListingFault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.header.StillKind;
import io.reverie.video.still.StillFormat;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The images that a user selected, and where each result goes.
 *
 * @param failures inputs that were found but cannot be read
 * @param skipped files that are not images
 */
public record ImageListing(List<WorkItem> items, List<Outcome> failures, SkippedKinds skipped) {

  public ImageListing {
    items = List.copyOf(items);
    failures = List.copyOf(failures);
  }

  static ImageListing of(List<String> inputs, String output) throws IOException {
    Location target = Location.of(output);
    NoFile.requireOutput(target);
    boolean one = inputs.size() == 1 && isPicture(inputs.get(0));
    if (one && !isFolder(target, true)) {
      return new ImageListing(
          List.of(new WorkItem(inputs.get(0), target)), List.of(), new SkippedKinds());
    }
    // Before the output is judged, so that a missing input is named rather than a wrong output.
    ImageListing listing = into(target, inputs);
    isFolder(target, one);
    return listing;
  }

  /**
   * Returns whether an output of stills is a folder.
   *
   * @param one whether there is exactly one still
   * @throws UserException for a single file whose format cannot be written
   */
  public static boolean isFolder(Location output, boolean one) throws IOException {
    boolean folder = OutputRule.isFolder(output, one, Stills::writes);
    if (!folder && !Stills.writes(output.name())) {
      throw UserException.usage(
          "%s: an image must be written as %s; for a folder, end the name with a slash"
              .formatted(output, StillFormat.EXTENSIONS));
    }
    return folder;
  }

  /** Plans results below a folder, under the names of their inputs. */
  public static ImageListing into(Location target, List<String> inputs) throws IOException {
    Search search = new Search(target, new ArrayList<>(), new ArrayList<>(), new SkippedKinds());
    for (String input : inputs) {
      search.add(Location.of(input));
    }
    return new ImageListing(search.items, search.failures, search.skipped);
  }

  public static boolean isPicture(String input) throws IOException {
    return WorkItem.isNoise(input) || isFile(Location.of(input));
  }

  private static boolean isFile(Location location) throws IOException {
    return Storage.of(location).find(location).isPresent();
  }

  /** Resolves the user's inputs one by one: files, folders and globs. */
  private record Search(
      Location output, List<WorkItem> items, List<Outcome> failures, SkippedKinds skipped) {

    void add(Location input) throws IOException {
      if (WorkItem.isNoise(input.text())) {
        items.add(WorkItem.below(output, "noise.png", input.text()));
      } else if (isFile(input)) {
        items.add(WorkItem.below(output, Stills.result(input.name()), input.text()));
      } else if (Storage.namesFolder(input)) {
        list(input, name -> true, input);
      } else {
        glob(input);
      }
    }

    private void glob(Location input) throws IOException {
      Glob glob = Glob.of(input).orElseThrow(() -> NoFile.input(input));
      list(glob.base(), glob::matches, input);
    }

    private void list(Location base, Predicate<String> wanted, Location input) throws IOException {
      int before = items.size() + failures.size();
      List<WorkItem> found = new ArrayList<>();
      try (Stream<ListingEntry> all = Storage.of(base).inputs(base, output)) {
        all.forEach(
            listed -> {
              if (listed instanceof FileEntry file) {
                take(file.location(), base, wanted, found);
              } else if (listed instanceof ListingFault fault && mayHideImages(fault)) {
                failures.add(
                    Outcome.failed(fault.location().text(), output.text(), fault.sentence()));
              }
            });
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      found.sort(Comparator.comparing(WorkItem::input));
      items.addAll(found);
      if (items.size() + failures.size() == before) {
        throw UserException.environment(
            "%s contains no images (%s)%s"
                .formatted(
                    input, StillKind.READABLE, skipped.sentence().map(s -> "; " + s).orElse("")));
      }
    }

    private void take(
        Location file, Location base, Predicate<String> wanted, List<WorkItem> found) {
      String name = base.relative(file);
      if (HiddenNames.holds(name) || !wanted.test(name)) {
        return;
      }
      if (Stills.reads(file.name())) {
        found.add(WorkItem.below(output, Stills.result(name), file.text()));
      } else {
        skipped.add(file.name());
      }
    }

    /**
     * Returns whether a fault may hide images: a folder may have held some, and files of other
     * kinds are skipped anyway.
     */
    private static boolean mayHideImages(ListingFault fault) {
      return fault.folder() || Stills.reads(fault.location().name());
    }
  }
}
