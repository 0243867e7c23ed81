package io.reverie.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in the folder of a lease that Reverie did not write. */
class ForeignLeaseTest {

  private static final String RENEWED =
      "{\"version\":1,\"id\":\"x\",\"holder\":\"y\",\"renewed\":%d,\"released\":false}";

  @TempDir private Path folder;

  private Lease take() throws IOException {
    Location location = new Location(folder.toString());
    return Lease.take(Storage.of(location), location, Duration.ofMinutes(1), Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{\"id\":null}",
        "{\"id\":{\"@class\":\"java.net.URL\"}}",
        "{\"version\":1,\"id\":\"x\",\"holder\":\"y\",\"renewed\":null,\"released\":false}"
      })
  void anInvalidLeaseIsReportedWithItsFile(String content) throws IOException {
    Files.writeString(folder.resolve("000000000007"), content);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000000000007 is not a lease file of Reverie; delete it");
  }

  @Test
  void anOversizedFileIsNotReadToItsEnd() throws IOException {
    Files.writeString(folder.resolve("000000000007"), " ".repeat(1 << 20));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a lease file");
  }

  @Test
  void theHighestNumberIsRefused() throws IOException {
    Files.writeString(folder.resolve("999999999999"), RENEWED.formatted(0));
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("999999999999 is not a lease file");
  }

  @Test
  void aRenewalThatFailsIsReportedWithTheFolder() throws IOException {
    List<String> warnings = new ArrayList<>();
    try (Lease lease = take()) {
      Files.writeString(folder.resolve("000000000001"), "overwritten");
      lease.tryToRenew(warnings::add);
      Files.delete(folder.resolve("000000000001"));
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .startsWith("could not renew the lease in " + folder + ", will retry: ")
        .contains("000000000001 is not a lease file of Reverie");
  }

  @Test
  void aHolderWhoseClockIsFarAheadIsIgnored() throws IOException {
    Files.writeString(folder.resolve("000000000007"), RENEWED.formatted(Long.MAX_VALUE));
    assertThat(take().isHeld()).isTrue();
  }
}
