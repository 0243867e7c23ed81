package io.reverie.core.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.engine.cuda.NativeBundle.Member;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBundleTest {

  private static final byte[] CONTENT = "one library".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;

  private Path cache;

  @BeforeEach
  void makeJar() throws IOException {
    cache = root.resolve("cache/pytorch");
    try (OutputStream file = Files.newOutputStream(root.resolve("natives.jar"));
        ZipOutputStream jar = new ZipOutputStream(file)) {
      jar.putNextEntry(new ZipEntry("a/libone.so"));
      jar.write(CONTENT);
      jar.closeEntry();
    }
  }

  @Test
  void filesAreUnpackedOnceIntoAFolderOfTheirUser() throws IOException {
    Path folder = bundle(CONTENT.length, crc()).unpack(cache, "torch");
    assertThat(folder.resolve("libone.so")).hasBinaryContent(CONTENT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    var made = Files.getLastModifiedTime(folder.resolve("libone.so"));
    assertThat(bundle(CONTENT.length, crc()).unpack(cache, "torch")).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(folder.resolve("libone.so"))).isEqualTo(made);
    assertThat(names()).containsExactly(folder.getFileName().toString());
  }

  @Test
  void aDamagedJarLeavesNothing() throws IOException {
    assertThatThrownBy(() -> bundle(CONTENT.length, crc() ^ 1).unpack(cache, "torch"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("is damaged: its checksum differs");
    assertThat(names()).isEmpty();
  }

  @Test
  void anotherVersionHasAnotherFolder() throws IOException {
    bundle(CONTENT.length, crc()).unpack(cache, "torch");
    assertThatThrownBy(() -> bundle(CONTENT.length + 1, crc()).unpack(cache, "torch"))
        .hasMessageContaining("has 11 bytes instead of 12; delete");
    assertThat(names()).hasSize(2);
  }

  @Test
  void aFolderOrFileThatOthersCanWriteIsRefused() throws IOException {
    Path folder = bundle(CONTENT.length, crc()).unpack(cache, "torch");
    Path library = folder.resolve("libone.so");
    for (Path each : List.of(library, folder)) {
      var before = Files.getPosixFilePermissions(each);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
      assertThatThrownBy(() -> bundle(CONTENT.length, crc()).unpack(cache, "torch"))
          .isInstanceOf(DreamException.class)
          .hasMessageStartingWith(each.toString())
          .hasMessageContaining("may be written by other accounts");
      Files.setPosixFilePermissions(each, before);
    }
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    Path folder = bundle(CONTENT.length, crc()).unpack(cache, "torch");
    Files.writeString(folder.resolve("libone.so"), "one");
    assertThatThrownBy(() -> bundle(CONTENT.length, crc()).unpack(cache, "torch"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("libone.so has 3 bytes instead of 11; delete " + folder);
  }

  @Test
  void aFolderThatCannotBeMadeIsOneSentence() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> bundle(CONTENT.length, crc()).unpack(file.resolve("below"), "torch"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("cannot be unpacked into " + file)
        .hasMessageContaining("DJL_CACHE_DIR");
  }

  @Test
  void resourcesAreFoundWithTheSizesThatTheirJarLists() {
    // In a jar of every build.
    List<String> present = List.of("jnilib/linux-x86_64/cu128/libdjl_torch.so");
    assertThat(NativeBundle.of(present))
        .hasValueSatisfying(
            bundle -> {
              assertThat(bundle.members())
                  .extracting(Member::file)
                  .containsExactly("libdjl_torch.so");
              assertThat(bundle.size()).isGreaterThan(1 << 20);
            });
    assertThat(NativeBundle.of(List.of(present.get(0), "no/such/lib.so"))).isEmpty();
  }

  private NativeBundle bundle(long size, long crc) throws IOException {
    URI jar = URI.create("jar:" + root.resolve("natives.jar").toUri() + "!/a/libone.so");
    return new NativeBundle(List.of(new Member(jar.toURL(), "libone.so", size, crc)));
  }

  private static long crc() {
    CRC32 crc = new CRC32();
    crc.update(CONTENT);
    return crc.getValue();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
