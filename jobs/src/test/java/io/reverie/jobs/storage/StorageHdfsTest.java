package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.lease.LeaseContract;
import java.io.IOException;
import java.security.PrivilegedExceptionAction;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageHdfsTest extends FilesContract {

  @TempDir private static java.nio.file.Path folder;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = Hdfs.start(folder);
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Override
  Storage storage() throws IOException {
    return HadoopStorage.of(base(), Hdfs.configuration(cluster));
  }

  @Override
  Location base() {
    return Location.of(cluster.getURI() + "/user");
  }

  /** HDFS reserves colons. */
  @Override
  boolean allows(String name) {
    return !name.contains(":");
  }

  @Test
  void anAddressWithoutItsServerIsTheSame() throws IOException {
    Location whole = new Location(cluster.getURI() + "/a/b");
    assertThat(storage().real(new Location("hdfs:///a/x/../b"))).isEqualTo(whole);
    assertThat(storage().real(whole)).isEqualTo(whole);
  }

  @Test
  void theMachinesOfAFileAreKnown() throws IOException {
    Location file = root().resolve("located.bin");
    storage().write(file, new byte[100]);
    assertThat(storage().hosts(file)).isNotEmpty();
    storage().write(file, new byte[0]);
    assertThat(storage().hosts(file)).isEmpty();
  }

  @Test
  void theConfiguredClusterNeedsNoName() throws IOException {
    String path = root().text().substring(cluster.getURI().toString().length());
    for (Location folder :
        new Location[] {Location.of("hdfs://" + path), Location.of("hdfs:" + path)}) {
      Storage storage = HadoopStorage.of(folder, Hdfs.configuration(cluster));
      storage.write(folder.resolve("a/b"), new byte[3]);
      try (Stream<FileEntry> entries = storage.list(folder)) {
        assertThat(entries.map(FileEntry::location)).containsExactly(folder.resolve("a/b"));
      }
    }
  }

  @Test
  void safeModeIsReported() throws IOException {
    Location file = root().resolve("a");
    Storage storage = storage();
    cluster.getFileSystem().setSafeMode(SafeModeAction.ENTER);
    try {
      assertThatThrownBy(() -> storage.write(file, new byte[1]))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              file
                  + ": HDFS is in safe mode and accepts no changes; rerun when it has left safe"
                  + " mode");
    } finally {
      cluster.getFileSystem().setSafeMode(SafeModeAction.LEAVE);
    }
  }

  @Test
  void missingPermissionIsReported() throws Exception {
    Location file = root().resolve("a");
    cluster.getFileSystem().mkdirs(new Path(root().text()), new FsPermission("700"));
    PrivilegedExceptionAction<Storage> open = this::storage;
    Storage storage = UserGroupInformation.createRemoteUser("eve").doAs(open);
    assertThatThrownBy(() -> storage.write(file, new byte[1]))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            file + ": permission denied for the user eve; ask for access, or run as another user");
  }

  @Test
  void anUnreadableFolderDoesNotHideOthers() throws Exception {
    storage().write(root().resolve("a/x.png"), new byte[1]);
    storage().write(root().resolve("closed/y.png"), new byte[1]);
    Path closed = new Path(root().resolve("closed").text());
    cluster.getFileSystem().setPermission(closed, new FsPermission("700"));
    PrivilegedExceptionAction<Storage> open = this::storage;
    Storage storage = UserGroupInformation.createRemoteUser("eve").doAs(open);
    try (Stream<ListingEntry> all = storage.walk(root())) {
      assertThat(all.map(ListingEntry::location))
          .containsExactlyInAnyOrder(root().resolve("a/x.png"), root().resolve("closed"));
    }
  }

  /** A lease on the same storage. */
  @Nested
  class Leases extends LeaseContract {

    @Override
    protected Storage storage() throws IOException {
      return StorageHdfsTest.this.storage();
    }

    @Override
    protected Location base() {
      return StorageHdfsTest.this.base();
    }
  }
}
