package io.reverie.jobs.results;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A file of a table. Spark writes it as one partition into a work folder, whose only file is then
 * published under the file's name.
 */
record TablePart(Location file, ResultsFile.Format format) {

  /**
   * Writes the rows.
   *
   * @param work an empty work folder
   */
  void write(JavaSparkContext spark, StructType columns, List<Row> rows, WorkFolder work)
      throws IOException {
    try {
      try {
        save(spark, columns, rows, work.folder());
      } catch (Exception e) {
        // Spark's checked exceptions are not declared.
        throw new IOException("Spark cannot write %s: %s".formatted(file, e.getMessage()), e);
      }
      publish(work.folder());
    } finally {
      work.delete();
    }
  }

  private void save(JavaSparkContext spark, StructType columns, List<Row> rows, Location folder) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    Dataset<Row> table = session.createDataFrame(rows, columns).coalesce(1);
    if (format == ResultsFile.Format.CSV) {
      table = table.withColumn("warnings", joined(table));
    }
    table
        .write()
        .format(format.source())
        .option("header", true)
        .option("compression", format == ResultsFile.Format.PARQUET ? "snappy" : "none")
        .save(folder.isLocal() ? Path.of(folder.absolute()).toUri().toString() : folder.text());
  }

  /** A CSV file has no lists. */
  private static Column joined(Dataset<Row> table) {
    return functions.concat_ws("; ", table.col("warnings"));
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
