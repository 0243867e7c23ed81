package io.reverie.jobs.inputs;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads rows from CSV (RFC 4180) with a header of keys.
 *
 * @param list its name
 */
record CsvRows(String list) {

  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.TRIM_SPACES)
          .build();

  /** A line of the file; a quoted cell may span several. */
  private record Line(int number, String[] cells) {
    String where() {
      return "line " + number;
    }
  }

  List<InputRow> read(String text) {
    List<InputRow> rows = new ArrayList<>();
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(text)) {
      if (!lines.hasNextValue()) {
        return rows;
      }
      Line header = next(lines);
      requireKeys(header);
      while (lines.hasNextValue()) {
        rows.add(row(header.cells(), next(lines)));
      }
      return rows;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw UserException.usage(
          "%s%s is not valid CSV: %s"
              .formatted(
                  list, at == null ? "" : ", line " + at.getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line next(MappingIterator<String[]> lines) throws IOException {
    // Nothing of the line is read yet but empty lines before it.
    int number = lines.getParser().currentLocation().getLineNr();
    return new Line(number, lines.nextValue());
  }

  private void requireKeys(Line header) {
    RowBuilder keys = new RowBuilder(list, header.where());
    Set<String> seen = new HashSet<>();
    for (String key : header.cells()) {
      if (key.isEmpty()) {
        throw keys.wrong("a column has no key; name it, or remove it");
      }
      keys.requireKnown(key);
      if (!seen.add(key)) {
        throw keys.wrong("the key %s has two columns; keep one".formatted(key));
      }
    }
    if (!seen.contains("input")) {
      throw keys.wrong("the header has no column input; add it as the first line of the file");
    }
  }

  private InputRow row(String[] keys, Line line) {
    RowBuilder row = new RowBuilder(list, line.where());
    if (line.cells().length != keys.length) {
      throw row.wrong(
          "it has %d cells, but the header has %d; quote a cell that contains a comma"
              .formatted(line.cells().length, keys.length));
    }
    for (int i = 0; i < keys.length; i++) {
      if (!line.cells()[i].isEmpty()) {
        row.putText(keys[i], line.cells()[i]);
      }
    }
    return row.row();
  }
}
