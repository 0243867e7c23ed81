package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsIT {

  private static final String LAKE = "../sample-data/lake.jpg";
  private static final String CLIP = "../video/src/test/media/clip.mp4";

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

  private CommandLineRun videos(String table) {
    return CommandLineRun.of(
        "video",
        "--iterations=1",
        "--octaves=1",
        "--size=96x",
        "--end=0.5",
        "--results",
        folder.resolve(table).toString(),
        CLIP,
        folder.resolve("broken.mp4").toString(),
        folder.resolve("out").toString() + "/");
  }

  /** The values of a row as text, without its times. */
  private static String shown(Row row) {
    List<String> shown = new ArrayList<>();
    for (String column : List.of("state", "frames", "id", "message", "warnings")) {
      Object value = row.getAs(column);
      shown.add(String.valueOf(value));
    }
    return String.join("|", shown);
  }

  @Test
  void aVideosRowTellsTheSameInAllFormats() throws IOException {
    Files.writeString(folder.resolve("broken.mp4"), "no video");
    assertThat(videos("a.parquet").code()).isEqualTo(4);
    JsonNode sidecar =
        new ObjectMapper().readTree(Files.readString(folder.resolve("out/clip.mp4.json")));
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      Row made = row(spark.read().parquet(folder.resolve("a.parquet").toString()), "dreamed");
      assertThat(made.<String>getAs("input")).isEqualTo(CLIP);
      assertThat(made.<String>getAs("output")).isEqualTo(folder.resolve("out/clip.mp4").toString());
      assertThat(made.<String>getAs("id")).isEqualTo(sidecar.path("id").asText());
      assertThat(made.<String>getAs("version")).isNotEmpty();
      assertThat(made.<Long>getAs("frames")).isEqualTo(sidecar.at("/frames/count").asLong());
      assertThat(made.<Double>getAs("strength")).isBetween(0.1, 100.0);
      assertThat(made.<Double>getAs("flicker")).isNotNull();
      assertThat(made.<Double>getAs("seconds")).isPositive();
      assertThat(made.<Double>getAs("core_seconds")).isPositive();
    }
    assertThat(videos("b.parquet").code()).isEqualTo(4);
    assertThat(videos("b.jsonl").code()).isEqualTo(4);
    assertThat(videos("b.csv").code()).isEqualTo(4);
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      Dataset<Row> parquet = spark.read().parquet(folder.resolve("b.parquet").toString());
      Dataset<Row> json =
          spark.read().schema(parquet.schema()).json(folder.resolve("b.jsonl").toString());
      Dataset<Row> csv =
          spark.read().option("header", true).csv(folder.resolve("b.csv").toString());
      for (String state : List.of("kept", "failed")) {
        Row expected = row(parquet, state);
        assertThat(expected.isNullAt(expected.fieldIndex("strength"))).isTrue();
        assertThat(expected.isNullAt(expected.fieldIndex("flicker"))).isTrue();
        assertThat(shown(row(json, state))).isEqualTo(shown(expected));
        assertThat(row(csv, state).<String>getAs("frames"))
            .isEqualTo(String.valueOf(expected.<Long>getAs("frames")));
        assertThat(row(csv, state).<String>getAs("id")).isEqualTo(expected.<String>getAs("id"));
      }
      assertThat(row(parquet, "failed").<String>getAs("message")).contains("broken.mp4");
    }
  }

  private static Row row(Dataset<Row> table, String state) {
    return table.filter(table.col("state").equalTo(state)).collectAsList().get(0);
  }

  @Test
  void everyRunOfSyncAddsItsOwnRowsToAFolderOfTables() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    old(Files.copy(Path.of(LAKE), in.resolve("lake.jpg")));
    old(Files.writeString(in.resolve("broken.png"), "no picture"));
    Path out = folder.resolve("dreams");
    assertThat(sync(in, out).code()).isEqualTo(4);
    assertThat(sync(in, out).code()).isEqualTo(4);
    String table = out.resolve(".reverie/sync/results").toString();
    assertThat(out.resolve(".reverie/sync/results")).isDirectoryContaining("glob:**.parquet");
    assertThat(out.resolve(".reverie/work")).doesNotExist();
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      spark.sql("CREATE TEMPORARY VIEW dreams USING parquet OPTIONS (path '%s')".formatted(table));
      assertThat(
              spark
                  .sql(
                      "SELECT regexp_extract(input, '[^/]*$', 0), state, count(*),"
                          + " sum(strength) > 0, count(DISTINCT time) FROM dreams"
                          + " GROUP BY 1, 2 ORDER BY 1")
                  .collectAsList()
                  .stream()
                  .map(row -> row.mkString("|"))
                  .toList())
          .containsExactly("broken.png|failed|2|null|2", "lake.jpg|dreamed|1|true|1");
    }
    assertThat(sync(in, out, "--retry", "--exclude", "**.png").out()).contains("0 dreamed");
    assertThat(out.resolve(".reverie/sync/results").toFile().list()).hasSize(2);
  }

  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }

  private static CommandLineRun sync(Path in, Path out, String... more) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of("sync", in.toString(), out.toString(), "--iterations=1", "--size=96x"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void rerunAndDrawWriteTheIdsOfTheirSidecars() throws IOException {
    Path drawn = folder.resolve("drawn.jsonl");
    CommandLineRun draw =
        CommandLineRun.of(
            "draw",
            "--iterations=1",
            "--octaves=1",
            "--size=96x",
            "--results",
            drawn.toString(),
            "3",
            "5",
            folder.resolve("out") + "/");
    assertThat(draw.code()).as(draw.err()).isZero();
    List<String> ids = Files.readAllLines(drawn).stream().map(ResultsIT::id).toList();
    assertThat(ids)
        .containsExactly(
            id(Files.readString(folder.resolve("out/3.png.json"))),
            id(Files.readString(folder.resolve("out/5.png.json"))))
        .doesNotHaveDuplicates();
    Path again = folder.resolve("again.jsonl");
    CommandLineRun rerun =
        CommandLineRun.of(
            "rerun", folder.resolve("out/3.png").toString(), "--results", again.toString());
    assertThat(rerun.code()).as(rerun.err()).isZero();
    assertThat(Files.readAllLines(again))
        .singleElement()
        .extracting(ResultsIT::id)
        .isEqualTo(ids.get(0));
  }

  private static String id(String json) {
    try {
      return new ObjectMapper().readTree(json).path("id").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aNameThatIsNoTablesIsRefusedBeforeAnyWork() {
    CommandLineRun run = run("a.xls");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("end the name with .parquet, .jsonl or .csv");
    assertThat(folder).isEmptyDirectory();
  }
}
