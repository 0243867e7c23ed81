package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Where the keys of a bucket must not be seen, however talkative the logs are. */
@ExtendWith(SharedCluster.class)
class SecretsIT {

  private static final String ID = "IdOfNobody0815";
  private static final String SECRET = "kept/Between+Us4711";

  @RegisterExtension
  final S3ProxyExtension s3 = S3ProxyExtension.builder().withCredentials(ID, SECRET).build();

  @TempDir private Path folder;
  private final VisibleProcesses visible = new VisibleProcesses();

  @BeforeEach
  void upload() {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket("films"));
      client.putObject(
          file -> file.bucket("films").key("clip.mp4"),
          RequestBody.fromFile(Path.of("../video/src/test/media/clip.mp4")));
    }
  }

  @Test
  void oneProcessKeepsThemToItself() throws Exception {
    for (Way way : Way.values()) {
      List<String> words = new ArrayList<>();
      words.add(Deployed.FOLDER.resolve("bin/reverie").toString());
      words.addAll(video(way));
      words.add("--");
      words.addAll(sparks(way));
      Program run = Program.run(environment(way), words, visible::look);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).as("the log is on").contains("INFO");
      assertKept(run.out() + run.err());
    }
    Program spec = reverieSpec();
    assertThat(spec.code()).isZero();
    assertKept(spec.out() + spec.err());
    assertNobodySaw();
  }

  @Test
  void soDoesACluster(LaptopCluster cluster) throws Exception {
    Set<Path> earlier = cluster.applications();
    for (Way way : Way.values()) {
      List<String> sparks = new ArrayList<>(sparks(way));
      sparks.addAll(
          List.of(
              "--conf",
              "spark.executor.extraJavaOptions=-Dai.djl.offline=true -Dlog4j2.configurationFile="
                  + "classpath:org/apache/spark/log4j2-defaults.properties"));
      Program run = cluster.submit(environment(way), video(way), sparks, visible::look);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err())
          .as("the defaults are in force beside a file")
          .contains("spark.executorEnv.OMP_WAIT_POLICY=PASSIVE");
      assertKept(run.out() + run.err());
    }
    List<Path> all = new ArrayList<>(daemons(cluster));
    for (Path application : cluster.applicationsBut(earlier)) {
      all.addAll(filesBelow(application));
    }
    assertThat(all)
        .filteredOn(file -> file.endsWith("0/stderr"))
        .hasSize(2)
        .allSatisfy(log -> assertThat(log).content().contains(" INFO "));
    for (Path file : all) {
      assertKept(Files.readString(file, StandardCharsets.ISO_8859_1));
    }
    assertNobodySaw();
  }

  /** The logs and settings of the master and the workers. */
  private static List<Path> daemons(LaptopCluster cluster) throws IOException {
    List<Path> files = new ArrayList<>(filesBelow(cluster.settings().getParent()));
    try (Stream<Path> top = Files.list(cluster.run())) {
      files.addAll(top.filter(Files::isRegularFile).toList());
    }
    assertThat(files).anyMatch(file -> file.endsWith("worker-2.log"));
    return files;
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private enum Way {
    ENVIRONMENT,
    FILE
  }

  private static List<String> video(Way way) {
    return SmallDream.video(
        "--json", "s3a://films/clip.mp4", "s3a://films/%s/dream.mp4".formatted(way));
  }

  private static Map<String, String> environment(Way way) {
    return way == Way.ENVIRONMENT
        ? Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET)
        : Map.of();
  }

  private List<String> sparks(Way way) throws IOException {
    List<String> words = new ArrayList<>();
    for (String setting :
        List.of(
            "spark.log.level=INFO",
            "spark.logConf=true",
            "spark.hadoop.fs.s3a.endpoint=" + s3.getUri(),
            "spark.hadoop.fs.s3a.endpoint.region=us-east-1",
            "spark.hadoop.fs.s3a.path.style.access=true")) {
      words.addAll(List.of("--conf", setting));
    }
    if (way == Way.FILE) {
      Path file = folder.resolve("keys.conf");
      Files.writeString(
          file,
          "spark.hadoop.fs.s3a.access.key %s%nspark.hadoop.fs.s3a.secret.key %s%n"
              .formatted(ID, SECRET));
      words.addAll(List.of("--properties-file", file.toString()));
    }
    return words;
  }

  private static Program reverieSpec() throws Exception {
    String program = Deployed.FOLDER.resolve("bin/reverie").toString();
    return Program.run(environment(Way.ENVIRONMENT), List.of(program, "spec"));
  }

  private void assertNobodySaw() {
    assertThat(visible.commandLines())
        .anyMatch(line -> line.contains("io.reverie.jobs.cli.Reverie"));
    visible.commandLines().forEach(SecretsIT::assertKept);
    try (S3Client client = client()) {
      List<String> reports =
          client.listObjectsV2(list -> list.bucket("films")).contents().stream()
              .map(S3Object::key)
              .filter(key -> key.endsWith(".json"))
              .toList();
      assertThat(reports).hasSize(2);
      for (String key : reports) {
        assertKept(client.getObjectAsBytes(file -> file.bucket("films").key(key)).asUtf8String());
      }
    }
  }

  private static void assertKept(String text) {
    assertThat(text).doesNotContain(ID, SECRET);
  }

  private S3Client client() {
    return S3Client.builder()
        .endpointOverride(s3.getUri())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
        .build();
  }
}
