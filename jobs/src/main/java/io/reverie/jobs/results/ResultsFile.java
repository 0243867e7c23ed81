package io.reverie.jobs.results;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of results with one row for each item. Spark writes it as one partition into a hidden
 * folder, whose only file is then published under the table's name.
 */
public record ResultsFile(Location file, Format format) {

  /** The columns, in their order. */
  private static final StructType COLUMNS =
      new StructType()
          .add("input", DataTypes.StringType)
          .add("version", DataTypes.StringType)
          .add("output", DataTypes.StringType)
          .add("id", DataTypes.StringType)
          .add("state", DataTypes.StringType)
          .add("seconds", DataTypes.DoubleType)
          .add("core_seconds", DataTypes.DoubleType)
          .add("frames", DataTypes.LongType)
          .add("strength", DataTypes.DoubleType)
          .add("flicker", DataTypes.DoubleType)
          .add("message", DataTypes.StringType)
          .add("warnings", DataTypes.createArrayType(DataTypes.StringType));

  /** The form of the table, by the end of its name. */
  public enum Format {
    PARQUET,
    JSONL,
    CSV;

    private String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }

    /** Spark's name of the format. */
    private String source() {
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
    Location folder = file.sibling(".reverie").resolve("results-" + UUID.randomUUID());
    try {
      try {
        write(spark, id, outcomes, folder);
        publish(folder);
      } finally {
        Storage storage = Storage.of(folder);
        storage.delete(folder);
        storage.deleteIfEmpty(folder.parent());
      }
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private void write(JavaSparkContext spark, String id, List<Outcome> outcomes, Location folder) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    List<Row> rows = outcomes.stream().map(outcome -> row(id, outcome)).toList();
    Dataset<Row> table = session.createDataFrame(rows, COLUMNS).coalesce(1);
    if (format == Format.CSV) {
      table = table.withColumn("warnings", joined(table));
    }
    table
        .write()
        .format(format.source())
        .option("header", true)
        .option("compression", compression())
        .save(folder.isLocal() ? Path.of(folder.absolute()).toUri().toString() : folder.text());
  }

  /** A CSV file has no lists. */
  private static Column joined(Dataset<Row> table) {
    return functions.concat_ws("; ", table.col("warnings"));
  }

  private String compression() {
    return format == Format.PARQUET ? "snappy" : "none";
  }

  private static Row row(String id, Outcome outcome) {
    Outcome shown = outcome.withoutSecrets();
    Outcome.Measured measured = outcome.measured();
    return RowFactory.create(
        shown.input(),
        version(outcome),
        shown.output(),
        shown.id().isEmpty() ? id : shown.id(),
        shown.status().name().toLowerCase(Locale.ROOT),
        measured.elapsed(),
        shown.seconds(),
        shown.frames(),
        known(measured.strength()),
        known(measured.flicker()),
        shown.message(),
        shown.warnings().toArray(new String[0]));
  }

  private static @Nullable Object known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** What tells the input's content apart from another one of its name; empty without a file. */
  private static String version(Outcome outcome) {
    try {
      Location input = Location.of(outcome.input());
      return Storage.of(input).find(input).map(FileEntry::version).orElse("");
    } catch (IOException | UserException e) {
      return "";
    }
  }

  private void publish(Location folder) throws IOException {
    Optional<Location> part;
    try (Stream<FileEntry> files = Storage.of(folder).list(folder)) {
      part = files.map(FileEntry::location).filter(f -> f.name().startsWith("part-")).findFirst();
    }
    Location written =
        part.orElseThrow(() -> new IOException("Spark has written no file to " + folder));
    Storage.of(file)
        .publish(
            file,
            target -> {
              try (InputStream in = Storage.of(written).read(written)) {
                return Files.copy(in, target);
              }
            });
  }
}
