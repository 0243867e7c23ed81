package io.reverie.jobs.results;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;

/** A table of the results of one run, with one row for each item. */
public record ResultsFile(Location file, Format format) {

  /** The form of the table, by the end of its name. */
  public enum Format {
    PARQUET,
    JSONL,
    CSV;

    private String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }

    /** Spark's name of the format. */
    String source() {
      return this == JSONL ? "json" : name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Chooses the form by the name.
   *
   * @throws UserException for a name with another end
   */
  public static ResultsFile of(String name) {
    Location file = Location.of(name);
    for (Format format : Format.values()) {
      if (file.name().toLowerCase(Locale.ROOT).endsWith(format.ending())) {
        return new ResultsFile(file, format);
      }
    }
    throw UserException.usage(
        "--results %s: end the name with .parquet, .jsonl or .csv".formatted(name));
  }

  /** Returns the same table under another address. */
  public ResultsFile with(UnaryOperator<String> address) {
    return new ResultsFile(Location.of(address.apply(file.text())), format);
  }

  /**
   * Writes the table.
   *
   * @param id of the settings of outcomes that name none
   * @param outcomes one row each
   */
  public void write(JavaSparkContext spark, String id, List<Outcome> outcomes) {
    List<Row> rows = outcomes.stream().map(outcome -> row(id, outcome)).toList();
    try {
      new TablePart(file, format)
          .write(
              spark,
              ResultRow.COLUMNS,
              rows,
              WorkFolder.beside(file, "results-" + UUID.randomUUID()));
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private static Row row(String id, Outcome outcome) {
    return new ResultRow(outcome, version(outcome), outcome.id().isEmpty() ? id : outcome.id())
        .with();
  }

  private static String version(Outcome outcome) {
    try {
      Location input = Location.of(outcome.input());
      return Storage.of(input).find(input).map(FileEntry::version).orElse("");
    } catch (IOException | UserException e) {
      return "";
    }
  }
}
