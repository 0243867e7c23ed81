package io.reverie.jobs.report;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.ReportRequest;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The location of a report. */
record ReportFile(Location location) {

  /** Marks a page of ours near its beginning; nothing else is ever overwritten. */
  static final String GENERATOR = "Reverie report";

  private static final String IN_FOLDER = "report.html";
  private static final int HEAD = 4096;

  /**
   * Chooses the page's place: beside a single result, in a folder of results, or where the user
   * says.
   *
   * @param output as the user named it
   */
  static ReportFile of(ReportRequest request, Location output, List<WorkItem> items)
      throws IOException {
    if (!request.file().isEmpty()) {
      Location named = Location.of(request.file());
      if (!named.name().toLowerCase(Locale.ROOT).endsWith(".html")) {
        throw UserException.usage(
            "--report %s: a report is an HTML page; end its name with .html".formatted(named));
      }
      return new ReportFile(named);
    }
    boolean single = items.size() == 1 && items.get(0).output().text().equals(output.text());
    return single ? new ReportFile(output.sibling(output.name() + ".html")) : inFolder(output);
  }

  static ReportFile inFolder(Location folder) {
    return new ReportFile(folder.resolve(IN_FOLDER));
  }

  /** Refuses to replace a file that is not a page of ours. */
  void requireOurs() throws IOException {
    Storage storage = Storage.of(location);
    if (storage.find(location).isEmpty()) {
      return;
    }
    try (InputStream in = storage.read(location)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      if (!head.contains(GENERATOR)) {
        throw UserException.environment(
            "%s exists and is not a Reverie report; name another file with --report FILE.html"
                .formatted(location));
      }
    }
  }

  void write(byte[] page) throws IOException {
    Storage.of(location).write(location, page);
  }
}
