package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsIT {

  private static final String LAKE = "../sample-data/lake.jpg";

  @TempDir private Path folder;

  private CommandLineRun run(String table) {
    return CommandLineRun.of(
        "images",
        "--iterations=1",
        "--size=96x",
        "--results",
        folder.resolve(table).toString(),
        LAKE,
        folder.resolve("broken.png").toString(),
        folder.resolve("out").toString() + "/");
  }

  @Test
  void sparkSqlFindsWhatFailedAndWhatItTook() throws Exception {
    Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(run("a.parquet").code()).isEqualTo(4);
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      spark.read().parquet(folder.resolve("a.parquet").toString()).createTempView("results");
      Dataset<Row> dreamed =
          spark.sql(
              "SELECT state, count(*), sum(core_seconds) > 0, min(strength) > 0, sum(frames)"
                  + " FROM results GROUP BY state ORDER BY state");
      assertThat(dreamed.collectAsList().stream().map(Row::mkString).toList())
          .hasSize(2)
          .first()
          .isEqualTo("dreamed1truetrue1");
      assertThat(
              spark
                  .sql("SELECT input, message FROM results WHERE state = 'failed'")
                  .collectAsList()
                  .get(0)
                  .getString(1))
          .contains("broken.png");
    }
    assertThat(folder.resolve(".reverie")).doesNotExist();
  }

  @Test
  void jsonLinesAndCsvAreSingleFiles() throws IOException {
    Files.writeString(folder.resolve("broken.png"), "no picture");
    run("a.jsonl");
    assertThat(Files.readAllLines(folder.resolve("a.jsonl")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"input\":"));
    run("a.csv");
    List<String> rows = Files.readAllLines(folder.resolve("a.csv"));
    assertThat(rows.get(0))
        .isEqualTo(
            "input,version,output,id,state,seconds,core_seconds,frames,strength,flicker,message,warnings");
    assertThat(rows).hasSize(3);
  }

  @Test
  void aNameThatIsNoTablesIsRefusedBeforeAnyWork() {
    CommandLineRun run = run("a.xls");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("end the name with .parquet, .jsonl or .csv");
    assertThat(folder).isEmptyDirectory();
  }
}
