package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncedInputsTest {

  @TempDir private Path out;

  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = new Ledger(new Location(out.toString()));
  }

  @Test
  void eachAddressIsKeptOnce() throws IOException {
    assertThat(SyncedInputs.read(ledger).addresses()).isEmpty();
    for (String in : new String[] {"s3a://a/x", "s3a://b/y", "s3a://a/x"}) {
      SyncedInputs.read(ledger).add(new Location(in));
    }
    assertThat(SyncedInputs.read(ledger).addresses()).containsExactly("s3a://a/x", "s3a://b/y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"version\":1}",
        "{\"version\":2,\"inputs\":[]}",
        "{\"version\":null,\"inputs\":[]}",
        "{\"version\":1,\"inputs\":null}",
        "{\"version\":1,\"inputs\":[null]}",
        "{\"version\":1,\"inputs\":[],\"more\":0}"
      })
  void aForeignFileIsAnError(String content) throws IOException {
    Path file = ledger.inputs().path();
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertThatThrownBy(() -> SyncedInputs.read(ledger))
        .isInstanceOf(UserException.class)
        .hasMessage(file + " is not a file of this version of Reverie; delete it");
  }
}
