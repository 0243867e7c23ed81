package io.reverie.jobs.preview;

import io.reverie.core.Size;
import io.reverie.jobs.preview.CellTask.Result;
import io.reverie.video.Frame;
import io.reverie.video.still.ContactSheet;
import io.reverie.video.still.Stills;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contact sheet of a preview: the source and all looks in one picture. */
final class SheetPicture {

  private static final int LARGEST_TILE = 320;
  private static final int MAX_COLUMNS = 8;

  private SheetPicture() {}

  /** Draws it as PNG. */
  static byte[] of(Preview preview) {
    List<ContactSheet.Picture> pictures = new ArrayList<>();
    for (int cell = 0; cell < preview.cells().size(); cell++) {
      for (Result result : preview.pictures(cell).stream().limit(1).toList()) {
        pictures.add(
            new ContactSheet.Picture(frame(result), preview.cells().get(cell).look().name()));
      }
    }
    Result first = preview.results().stream().filter(r -> r.rgb().length > 0).findFirst().get();
    double scale = Math.min(1, (double) LARGEST_TILE / Math.max(first.width(), first.height()));
    Size tile =
        new Size(
            (int) Math.max(1, Math.round(first.width() * scale)),
            (int) Math.max(1, Math.round(first.height() * scale)));
    int columns = (int) Math.min(MAX_COLUMNS, Math.ceil(Math.sqrt(pictures.size())));
    ContactSheet sheet =
        new ContactSheet(new io.reverie.video.Size(tile.width(), tile.height()), columns);
    return Stills.encode(sheet.of(pictures), "sheet.png", 8, 100);
  }

  private static Frame frame(Result result) {
    float[] rgb = new float[result.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = result.rgb()[i] & 0xFF;
    }
    return new Frame(result.width(), result.height(), rgb, Optional.empty(), 0, false);
  }
}
