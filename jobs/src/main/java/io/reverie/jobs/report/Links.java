package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.provenance.RecordedName;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.storage.Location;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names of files as a page shows them. Pages are shown to others, who need not see the folders of
 * their maker: a file that is not below the page's folder has neither a folder nor a link.
 *
 * @param page where the page is
 */
record Links(Location page) {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~+,=@-/";

  String name(String file) {
    return file.equals(SourceInfo.NOISE) ? "noise" : RecordedName.of(Location.of(file), page);
  }

  /** A sentence about a file, which it names as this page does. */
  String shared(String sentence, String file) {
    return sentence.replace(file, name(file));
  }

  /** The file's name, which leads to the file if that is below the page's folder. */
  Html link(String file) {
    return address(file)
        .<Html>map(address -> Element.of("a", name(file)).with("href", address))
        .orElseGet(() -> Html.text(name(file)));
  }

  /** A relative address, which works on a disk and in a bucket. */
  Optional<String> address(String file) {
    Location location = Location.of(file);
    Location folder = page.parent();
    return folder.holds(location) && !folder.absolute().equals(location.absolute())
        ? Optional.of("./" + encoded(folder.relative(location)))
        : Optional.empty();
  }

  static String encoded(String path) {
    StringBuilder all = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (PLAIN.indexOf(c) >= 0) {
        all.append(c);
      } else {
        all.append("%%%02X".formatted((int) c));
      }
    }
    return all.toString();
  }
}
