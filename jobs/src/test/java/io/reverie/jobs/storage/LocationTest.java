package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that may become part of a path. */
class LocationTest {

  private static final List<Location> FOLDERS =
      List.of(new Location("out"), new Location("/out/"), new Location("s3a://bucket/out"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "..", ".", "../x", "a/../x", "a/..", "/x", "//x", "a//b", "a/", "./x", "a/./b", "a\0b"
      })
  void aNameThatLeadsElsewhereIsRefused(String name) {
    for (Location folder : FOLDERS) {
      assertThatThrownBy(() -> folder.resolve(name))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(folder + ": the name '" + name + "' contains ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "a/b", "..x", "x..", "...", "a/..b", "%2e%2e/x", "..\\x", "a\nb", " "})
  void everyOtherNameIsTakenLiterally(String name) {
    for (Location folder : FOLDERS) {
      assertThat(folder.relative(folder.resolve(name))).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://b//x.png, s3a://b/x.png",
    "s3a://b/a/../x.png, s3a://b/x.png",
    "s3a://b/a/./../x.png, s3a://b/x.png",
    "s3a://b/a/x/.., s3a://b/a",
    "s3a://b/../x.png, s3a://b/../x.png",
    "hdfs:///x.png, hdfs:/x.png",
    "s3a://b/.a/b../c, s3a://b/.a/b../c",
    "s3a://b/a/, s3a://b/a/"
  })
  void anAddressHasOneSpellingLikeAPath(String text, String absolute) {
    assertThat(new Location(text).absolute()).isEqualTo(absolute);
  }

  @Test
  void aKeyWithALineBreakIsNotALocalPath() {
    assertThat(new Location("s3a://bucket/a\n/../../etc/x.png").isLocal()).isFalse();
  }

  @Test
  void anInvalidPathIsReported() {
    assertThatThrownBy(() -> new Location("a\0b").path())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a valid path on this machine");
    assertThatThrownBy(() -> Location.of("file:/a%00b"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a valid file address");
  }
}
