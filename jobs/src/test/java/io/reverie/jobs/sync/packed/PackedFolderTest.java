package io.reverie.jobs.sync.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedFolderTest {

  @TempDir private Path files;

  private PackedFolder folder;

  @BeforeEach
  void open() {
    folder = new PackedFolder(new Location(files.toString()));
  }

  private static List<PackedRecord> records(int count, long seed) {
    Random random = new Random(seed);
    List<PackedRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(new PackedRecord(random.nextLong(), random.nextLong(), 1_700_000_000_000L + i));
    }
    return records;
  }

  private PackedIndex publish(PackedIndex before, List<PackedRecord> more) throws IOException {
    List<PackedIndex.Segment> segments = new ArrayList<>(before.segments());
    segments.add(folder.write(more));
    return folder.publish(before, segments, 5);
  }

  private List<PackedRecord> all() throws IOException {
    List<PackedRecord> all = new ArrayList<>();
    for (PackedIndex.Segment segment : folder.index().segments()) {
      folder.read(segment, all::add);
    }
    return all;
  }

  @Test
  void anEmptyFolderHasNoRecords() throws IOException {
    assertThat(folder.index()).isEqualTo(PackedIndex.NONE);
    assertThat(PackedKeys.read(folder, folder.index(), record -> true).size()).isZero();
  }

  @Test
  void recordsComeBackInTheirOrder() throws IOException {
    List<PackedRecord> first = records(1000, 1);
    List<PackedRecord> second = records(1, 2);
    publish(publish(folder.index(), first), second);
    assertThat(folder.index().records()).isEqualTo(1001);
    assertThat(folder.index().checked()).isEqualTo(5);
    assertThat(all()).isEqualTo(Stream.concat(first.stream(), second.stream()).toList());
  }

  @Test
  void keysAreFoundAndOthersAreNot() throws IOException {
    List<PackedRecord> records = new ArrayList<>(records(5000, 3));
    PackedRecord known = records.get(77);
    records.add(new PackedRecord(known.result(), 42, 7));
    publish(folder.index(), records);
    PackedKeys keys = PackedKeys.read(folder, folder.index(), record -> record.made() != 7);
    assertThat(keys.size()).isEqualTo(5000);
    for (PackedRecord each : records.subList(0, 5000)) {
      assertThat(keys.contains(each.resultHash(), each.workHash())).isTrue();
      assertThat(keys.of(each.resultHash())).containsExactly(each);
    }
    assertThat(keys.contains(known.resultHash(), "000000000000002a")).isFalse();
    assertThat(keys.of("0000000000000001")).isEmpty();
  }

  @Test
  void untilTheIndexIsWrittenNewFilesDoNotCountAndTheNextOneRemovesThem() throws IOException {
    PackedIndex index = publish(folder.index(), records(10, 4));
    folder.write(records(10, 5));
    assertThat(folder.index()).isEqualTo(index);
    publish(index, records(10, 6));
    assertThat(all()).hasSize(20);
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void aDamagedFileIsReportedWithItsNameAndTheRemedy() throws IOException {
    PackedIndex index = publish(folder.index(), records(10, 7));
    Path segment = files.resolve(index.segments().get(0).name());
    byte[] bytes = Files.readAllBytes(segment);
    bytes[100]++;
    Files.write(segment, bytes);
    assertThatThrownBy(this::all)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(segment + " is not a file of this version of Reverie; delete its");
    Files.write(segment, new byte[12]);
    assertThatThrownBy(this::all).isInstanceOf(UserException.class);
  }

  @Test
  void anIndexThatNamesOtherFilesIsRefused() throws IOException {
    Files.writeString(
        files.resolve("index-000000000009.json"),
        "{\"version\":1,\"number\":9,\"checked\":0,\"segments\":[{\"name\":\"../../x\",\"records\":1}]}");
    assertThatThrownBy(folder::index)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("index-000000000009.json is not a file");
  }

  @Test
  void anIndexWithoutATimeIsRefused() throws IOException {
    Files.writeString(
        files.resolve("index-000000000009.json"),
        "{\"version\":1,\"number\":9,\"checked\":null,\"segments\":[]}");
    assertThatThrownBy(folder::index)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("index-000000000009.json is not a file");
  }

  @Test
  void anIndexThatNamesAFileTwiceIsRefused() throws IOException {
    String segment =
        "{\"name\":\"records-00000000-0000-0000-0000-000000000000.bin\",\"records\":1}";
    Files.writeString(
        files.resolve("index-000000000009.json"),
        "{\"version\":1,\"number\":9,\"checked\":0,\"segments\":[%s,%s]}"
            .formatted(segment, segment));
    assertThatThrownBy(folder::index)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("index-000000000009.json is not a file");
  }
}
