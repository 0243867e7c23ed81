package io.reverie.jobs.results;

import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table that grows with every run: a folder of Parquet files, each with rows that none of the
 * others has. A run keeps its rows in memory for a minute at most, and writes them together.
 */
public final class ResultsFolder implements AutoCloseable {

  private static final StructType COLUMNS = ResultRow.COLUMNS.add("time", DataTypes.TimestampType);

  /** Rows that are written together, unless {@link #MAX_SECONDS} pass first. */
  private static final int MAX_ROWS = 5000;

  private static final double MAX_SECONDS = 60;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final JavaSparkContext spark;
  private final Location folder;
  private final Object writing = new Object();
  private final List<Row> rows = new ArrayList<>();
  private long since = System.nanoTime();

  public ResultsFolder(JavaSparkContext spark, Location folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /**
   * Adds a row.
   *
   * @param version of the input
   * @param id of the settings
   */
  public void add(Outcome outcome, String version, String id) {
    Row row = new ResultRow(outcome, version, id).with(Timestamp.from(Instant.now()));
    synchronized (rows) {
      rows.add(row);
    }
  }

  /** Writes the rows if there are many, or if they have waited long. */
  public void writeIfDue() throws IOException {
    boolean due;
    synchronized (rows) {
      due = rows.size() >= MAX_ROWS || (System.nanoTime() - since) / 1e9 >= MAX_SECONDS;
    }
    if (due) {
      write();
    }
  }

  /** Writes all rows that are not written yet. */
  @Override
  public void close() throws IOException {
    write();
  }

  private void write() throws IOException {
    synchronized (writing) {
      List<Row> some;
      synchronized (rows) {
        some = List.copyOf(rows);
        rows.clear();
        since = System.nanoTime();
      }
      if (!some.isEmpty()) {
        String unique = UUID.randomUUID().toString();
        Location file =
            folder.resolve(NAME.format(Instant.now()) + "-" + unique.substring(0, 8) + ".parquet");
        new TablePart(file, ResultsFile.Format.PARQUET)
            .write(spark, COLUMNS, some, WorkFolder.beside(folder, "results-" + unique));
      }
    }
  }
}
