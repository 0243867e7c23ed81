package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys that are not valid paths, listed as S3 itself would. */
class S3KeysTest {

  private static final byte[] CONTENT = {1, 2, 3};
  private static final Location BUCKET = new Location("s3a://odd-keys");

  private static OddBucket server;
  private static Storage storage;

  @BeforeAll
  static void start() throws IOException {
    server = new OddBucket(CONTENT);
    storage = HadoopStorage.of(BUCKET, S3Server.configuration(server.uri()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<ListingEntry> all(Location folder) throws IOException {
    List<ListingEntry> all = new ArrayList<>();
    try (Stream<ListingEntry> listing = storage.walk(folder)) {
      listing.forEach(all::add);
    }
    return all;
  }

  @Test
  void eachKeyThatIsNotAPathIsReportedByItsExactName() throws IOException {
    List<String> told =
        all(BUCKET).stream()
            .filter(ListingFault.class::isInstance)
            .map(listed -> listed.location().text())
            .toList();
    assertThat(told)
        .containsExactlyInAnyOrder(
            OddBucket.ODD.stream().map(key -> BUCKET + "/" + key).toArray(String[]::new));
  }

  @Test
  void theSentenceNamesTheKeyAndTheRemedy() throws IOException {
    assertThat(all(BUCKET))
        .filteredOn(listed -> listed.location().name().equals("b.png"))
        .filteredOn(ListingFault.class::isInstance)
        .extracting(listed -> ((ListingFault) listed).sentence())
        .containsExactly(
            "s3a://odd-keys/a//b.png: its key contains an empty part between slashes, which a path"
                + " cannot; rename the object");
  }

  @Test
  void everyOtherKeyIsAFileThatCanBeRead() throws IOException {
    List<Location> files = new ArrayList<>();
    for (ListingEntry listed : all(BUCKET)) {
      if (listed instanceof FileEntry file) {
        files.add(file.location());
        assertThat(file.location().isLocal()).isFalse();
        assertThat(storage.find(file.location())).contains(file);
        try (InputStream in = storage.read(file.location())) {
          assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
      }
    }
    assertThat(files.stream().map(BUCKET::relative))
        .containsExactlyInAnyOrderElementsOf(OddBucket.PLAIN);
  }

  @Test
  void otherPrefixesAreNotListed() throws IOException {
    assertThat(all(BUCKET.resolve("in")).stream().map(listed -> listed.location().text()))
        .containsExactly("s3a://odd-keys/in/../../../z.png");
  }
}
