package io.reverie.jobs.preview;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FileExtension;
import io.reverie.video.FramePattern;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;

/**
 * The files of a preview.
 *
 * @param page in HTML
 * @param sheet in PNG, beside it
 */
record PreviewFiles(Location page, Location sheet) {

  /**
   * Chooses the files.
   *
   * @param output a page, a folder, or empty for the current folder
   * @throws UserException for another kind of file, or one that is the input
   */
  static PreviewFiles of(String input, String output) throws IOException {
    Location target = output.isEmpty() ? new Location(name(input)) : Location.of(output);
    NoFile.requireOutput(target);
    Location page =
        !output.isEmpty() && Storage.namesFolder(target)
            ? target.asFolder().resolve(name(input))
            : target;
    String extension = FileExtension.of(page.name());
    if (!extension.equals("html") && !extension.equals("htm")) {
      throw UserException.usage(
          "%s: a preview must be written as .html; for a folder, end the name with a slash"
              .formatted(page));
    }
    String stem = page.name().substring(0, page.name().lastIndexOf('.'));
    PreviewFiles files = new PreviewFiles(page, page.sibling(stem + ".png"));
    new WorkItem(input, files.page()).requireInside();
    new WorkItem(input, files.sheet()).requireInside();
    return files;
  }

  /** The input's name without its extension; for numbered frames, that of their folder. */
  private static String name(String input) {
    Location location = Location.of(input);
    String whole = location.name();
    if (FramePattern.isPattern(whole)) {
      String folder = location.parent().name();
      return (folder.matches("\\.*") ? "frames" : folder) + "-preview.html";
    }
    String extension = FileExtension.of(whole);
    String stem =
        extension.isEmpty() ? whole : whole.substring(0, whole.length() - extension.length() - 1);
    return stem + "-preview.html";
  }

  /**
   * Returns whether the page exists.
   *
   * @throws UserException if only the sheet does, which may be another's picture
   */
  boolean exist() throws IOException {
    if (Storage.of(page).find(page).isPresent()) {
      return true;
    }
    if (Storage.of(sheet).find(sheet).isPresent()) {
      throw UserException.usage(
          "the contact sheet would replace %s; name another page, or use --overwrite"
              .formatted(sheet));
    }
    return false;
  }

  /** Writes the sheet, then the page: its presence marks the preview as complete. */
  void write(Preview preview) throws IOException {
    Storage.of(sheet).write(sheet, SheetPicture.of(preview));
    Storage.of(page)
        .publish(
            page,
            part -> {
              try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                new PreviewPage(preview, sheet.name()).page().write(out);
              }
              return part;
            });
  }
}
