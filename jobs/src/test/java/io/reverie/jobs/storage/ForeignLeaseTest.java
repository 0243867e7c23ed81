package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in the folder of a lease that no Reverie has written. */
class ForeignLeaseTest {

  private static final String RENEWED =
      "{\"version\":1,\"id\":\"x\",\"holder\":\"y\",\"renewed\":%d,\"released\":false}";

  @TempDir private Path folder;

  private Lease take() throws IOException {
    Location place = new Location(folder.toString());
    return Lease.take(Storage.of(place), place, Duration.ofMinutes(1), Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "[]", "{\"id\":null}", "{\"id\":{\"@class\":\"java.net.URL\"}}"})
  void whatIsNoLeaseIsASentenceThatNamesTheFile(String content) throws IOException {
    Files.writeString(folder.resolve("000000000007"), content);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000000000007 is no lease of Reverie's; delete it");
  }

  @Test
  void aFileWithoutEndIsNotReadToItsEnd() throws IOException {
    Files.writeString(folder.resolve("000000000007"), " ".repeat(1 << 20));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no lease");
  }

  @Test
  void aNumberAfterWhichThereIsNoneIsASentence() throws IOException {
    Files.writeString(folder.resolve("999999999999"), RENEWED.formatted(0));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("999999999999 is no lease");
  }

  @Test
  void aHolderWhoIsAYearAheadHoldsNothing() throws IOException {
    Files.writeString(folder.resolve("000000000007"), RENEWED.formatted(Long.MAX_VALUE));
    assertThat(take().isHeld()).isTrue();
  }
}
