package io.reverie.jobs.inputs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.TextFile;
import io.reverie.jobs.spec.UserTree;
import io.reverie.jobs.storage.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A list of inputs, in the form that the end of its name tells. */
public record InputFile(Location file, Format format) {

  enum Format {
    JSONL("jsonl"),
    CSV("csv"),
    YAML("ya?ml");

    private final Pattern fileName;

    Format(String ending) {
      this.fileName = Pattern.compile(".*\\." + ending, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
  }

  /**
   * Chooses the form by the name.
   *
   * @throws UserException for a name with another end
   */
  public static InputFile of(String name) {
    Location file = Location.of(name);
    for (Format format : Format.values()) {
      if (format.fileName.matcher(file.name()).matches()) {
        return new InputFile(file, format);
      }
    }
    throw UserException.usage(
        "--inputs %s: end the name with .jsonl, .csv or .yaml".formatted(name));
  }

  /**
   * Reads all rows.
   *
   * @return at least one
   * @throws UserException for a wrong row, with its line or number
   */
  public List<InputRow> read() {
    // Spreadsheets begin UTF-8 with a byte order mark.
    String text = TextFile.read(file).replaceFirst("^\uFEFF", "");
    List<InputRow> rows =
        switch (format) {
          case JSONL -> jsonLines(text);
          case CSV -> new CsvRows(file.text()).read(text);
          case YAML -> yaml(text);
        };
    if (rows.isEmpty()) {
      throw UserException.usage("%s has no rows; add one, with an input".formatted(file));
    }
    Map<ObjectNode, Overlay> known = new HashMap<>();
    return rows.stream()
        .map(row -> row.with(known.computeIfAbsent(row.settings().tree(), t -> row.settings())))
        .toList();
  }

  private List<InputRow> jsonLines(String text) {
    List<InputRow> rows = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        String where = "line " + number;
        rows.add(RowBuilder.of(file.text(), where, parsed(line, where)));
      }
    }
    return rows;
  }

  private JsonNode parsed(String line, String where) {
    try {
      return UserTree.ofJson(line, InputRow.place(file.text(), where));
    } catch (UserException e) {
      // The line within the line says nothing.
      throw UserException.usage(e.getMessage().replace(" (line 1)", ""), e);
    }
  }

  private List<InputRow> yaml(String text) {
    JsonNode document = UserTree.ofYaml(text, file.text());
    if (document.isMissingNode()) {
      return List.of();
    }
    if (!(document instanceof ArrayNode list)) {
      throw UserException.usage(
          "%s must be a list: begin each row with a dash, such as - input: a.png".formatted(file));
    }
    List<InputRow> rows = new ArrayList<>();
    for (JsonNode row : list) {
      rows.add(RowBuilder.of(file.text(), "row " + (rows.size() + 1), row));
    }
    return rows;
  }
}
