package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages for stores that cannot be reached, from the exceptions of real calls. */
class StorageExceptionTest {

  private static S3Server server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static Storage storage(Location location, Map<String, String> settings)
      throws IOException {
    Configuration configuration = server.configuration();
    settings.forEach(configuration::set);
    return HadoopStorage.of(location, configuration);
  }

  private static String sentence(ThrowingCallable call) {
    Throwable e = catchThrowable(call);
    assertThat(e).isInstanceOf(IOException.class);
    String sentence = StorageErrorMessages.of((IOException) e);
    assertThat(sentence)
        .hasSizeLessThan(300)
        .doesNotContain(S3Server.KEY, S3Server.SECRET, "\n", "Request ID", "Exception");
    return sentence;
  }

  @Test
  void wrongKeysAreNotRepeated() throws IOException {
    Location secret = server.bucket("wrong-secret").resolve("a");
    Storage storage = storage(secret, Map.of("fs.s3a.secret.key", "not the secret"));
    assertThat(sentence(() -> storage.write(secret, new byte[1])))
        .startsWith("s3a://wrong-secret/a: the store rejected the secret key; check AWS_")
        .doesNotContain("not the secret");
    assertThat(sentence(() -> storage.create(secret, new byte[1])))
        .startsWith("s3a://wrong-secret/a: the store rejected the secret key");
    // A response without a body does not say which of the two keys is wrong.
    assertThat(sentence(() -> storage.find(secret)))
        .startsWith("s3a://wrong-secret/a: the store denied access (403); check the keys");
    assertThat(sentence(() -> storage.abortUploads(secret, 1)))
        .startsWith("s3a://wrong-secret/a: the store rejected the secret key");
    Location key = server.bucket("wrong-key");
    assertThat(
            sentence(
                () -> storage(key, Map.of("fs.s3a.access.key", "AKIAIOSFODNN7EXAMPLE")).list(key)))
        .startsWith("s3a://wrong-key: the store does not know the access key; check AWS_ACCESS")
        .doesNotContain("AKIA");
  }

  @Test
  void missingKeysAreNamed() throws IOException {
    Location file = server.bucket("no-keys").resolve("a");
    Map<String, String> none =
        Map.of(
            "fs.s3a.access.key",
            "",
            "fs.s3a.secret.key",
            "",
            "fs.s3a.aws.credentials.provider",
            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    assertThat(sentence(() -> storage(file, none).find(file)))
        .isEqualTo(
            "s3a://no-keys/a: there are no credentials for S3; set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or run on a machine whose role provides them");
  }

  @Test
  void keysInAnAddressAreRefusedAndNotRepeated() {
    for (String address : new String[] {"s3a://KEY:se/cret@bucket/a", "s3://KEY:secret@bucket/a"}) {
      assertThatThrownBy(() -> Location.of(address))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("@bucket/a")
          .hasMessageContaining("AWS_ACCESS_KEY_ID")
          .hasMessageNotContaining("KEY:")
          .hasMessageNotContaining("cret@");
    }
    assertThat(Location.of("hdfs://host:8020/a@b:c@d").text())
        .isEqualTo("hdfs://host:8020/a@b:c@d");
    assertThat(Location.of("abfs://box@account/a").text()).isEqualTo("abfs://box@account/a");
  }

  @Test
  void aMissingBucketIsDistinguishedFromAMissingFile() throws IOException {
    Location file = Location.of("s3a://no-such-bucket/a");
    Storage storage = storage(file, Map.of());
    String expected =
        "s3a://no-such-bucket/a: there is no such bucket; check its name, and fs.s3a.endpoint";
    assertThat(sentence(() -> storage.find(file))).isEqualTo(expected);
    assertThat(sentence(() -> storage.list(file))).isEqualTo(expected);
    assertThat(sentence(() -> storage.open(file))).isEqualTo(expected);
    assertThat(sentence(() -> storage.write(file, new byte[1]))).isEqualTo(expected);
    assertThat(sentence(() -> storage.create(file, new byte[1]))).isEqualTo(expected);
    assertThat(sentence(() -> storage.abortUploads(file, 1))).isEqualTo(expected);
    Location missing = server.bucket("a-bucket").resolve("a");
    assertThat(sentence(() -> storage(missing, Map.of()).open(missing)))
        .isEqualTo("s3a://a-bucket/a: no such file; check the path");
  }

  @Test
  void aServerThatDoesNotListenIsReportedWithItsAddress() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Location file = Location.of("s3a://no-server/a");
    Map<String, String> impatient =
        Map.of(
            "fs.s3a.endpoint",
            "http://127.0.0.1:" + port,
            "fs.s3a.retry.limit",
            "1",
            "fs.s3a.attempts.maximum",
            "1");
    String expected =
        ": no server responds at %s:%d; check that it is running, the address, and fs.s3a.endpoint";
    assertThat(sentence(() -> storage(file, impatient).find(file)))
        .isEqualTo("s3a://no-server/a" + expected.formatted("127.0.0.1", port));
    Location hdfs = Location.of("hdfs://127.0.0.1:%d/a".formatted(port));
    assertThat(sentence(() -> storage(hdfs, Map.of()).find(hdfs)))
        .isEqualTo(hdfs + expected.formatted("localhost", port));
  }

  @Test
  void anUnknownHostIsNamed() {
    // Longer than a host name may be, so that no name server is asked for it.
    String host = "a".repeat(64) + ".invalid";
    String expected =
        ": the host %s is unknown; check the address, fs.s3a.endpoint and the network"
            .formatted(host);
    Location file = Location.of("s3a://no-host/a");
    Map<String, String> elsewhere = Map.of("fs.s3a.endpoint", URI.create("http://" + host) + "");
    assertThat(sentence(() -> storage(file, elsewhere).find(file))).isEqualTo(file + expected);
    Location hdfs = Location.of("hdfs://" + host + "/a");
    assertThat(sentence(() -> storage(hdfs, Map.of()))).isEqualTo(hdfs + expected);
  }

  @Test
  void anUnsupportedAddressIsReported() {
    for (String address : new String[] {"foo://x/y", "gs://x/y", "abfs://x@y/z"}) {
      Location file = Location.of(address);
      assertThat(sentence(() -> storage(file, Map.of())))
          .isEqualTo(
              address
                  + ": no library supports this kind of address; check its scheme, or add the Hadoop connector to Spark's jars");
    }
    Location web = Location.of("https://example.org/a.mp4");
    assertThat(sentence(() -> storage(web, Map.of())))
        .isEqualTo(
            "https://example.org/a.mp4: web addresses are not supported; download the file first");
    for (String address : new String[] {"s3a:/x/y", "s3a://Bad_Name/y"}) {
      assertThat(sentence(() -> storage(Location.of(address), Map.of())))
          .isEqualTo(address + ": the address has no bucket; write s3a://BUCKET/KEY");
    }
  }

  /** A file of several ranges: smaller ones are read at once. */
  private static final int BIG = 9_000_000;

  @Test
  void aFileThatIsReplacedWhileItIsReadIsReported() throws IOException {
    Location file = server.bucket("replaced").resolve("a");
    Storage storage = storage(file, Map.of());
    storage.write(file, StorageFixture.random(BIG, 1));
    try (SeekableByteChannel channel = storage.open(file)) {
      channel.read(ByteBuffer.allocate(10));
      storage.write(file, StorageFixture.random(BIG, 2));
      channel.position(BIG - 100);
      assertThat(sentence(() -> channel.read(ByteBuffer.allocate(10))))
          .isEqualTo(
              "s3a://replaced/a: the file was replaced while it was being read; rerun when no other program is writing it");
    }
  }

  @Test
  void localFilesAreReportedAlike() throws IOException {
    Path missing = folder.resolve("a");
    assertThat(sentence(() -> Files.newInputStream(missing)))
        .isEqualTo(missing + ": no such file; check the path");
    Location file = Location.of(missing.toString());
    assertThat(sentence(() -> Storage.of(file).open(file)))
        .isEqualTo(missing + ": no such file; check the path");
    String part = folder.resolve(PartialFiles.name()).toString();
    assertThat(StorageErrorMessages.of(new AccessDeniedException(part)))
        .isEqualTo(folder + ": permission denied; check the permissions of this user");
  }
}
