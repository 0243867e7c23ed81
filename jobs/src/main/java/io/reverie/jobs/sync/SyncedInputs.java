package io.reverie.jobs.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.SmallFile;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The prefixes of inputs that were dreamed to a prefix of results. A result without an input below
 * one of them may have its input below another.
 *
 * @param file that names them, among the records
 * @param addresses as the first runs resolved them
 */
record SyncedInputs(Location file, List<String> addresses) {

  private static final int VERSION = 1;
  private static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  SyncedInputs {
    addresses = List.copyOf(addresses);
  }

  private record Content(int version, List<String> inputs) {}

  static SyncedInputs read(Ledger ledger) throws IOException {
    Location file = ledger.inputs();
    if (Storage.of(file).find(file).isEmpty()) {
      return new SyncedInputs(file, List.of());
    }
    try {
      byte[] bytes = SmallFile.read(file, MAX_BYTES).orElseThrow(() -> foreign(file));
      Content content = JSON.readValue(bytes, Content.class);
      if (content.version() != VERSION) {
        throw foreign(file);
      }
      return new SyncedInputs(file, content.inputs());
    } catch (JsonProcessingException e) {
      throw foreign(file);
    }
  }

  private static UserException foreign(Location file) {
    return UserException.environment(
        "%s is not a file of this version of Reverie; delete it".formatted(file));
  }

  /** Adds a prefix, if it is a new one. */
  void add(Location in) throws IOException {
    if (!addresses.contains(in.text())) {
      List<String> all = new ArrayList<>(addresses);
      all.add(in.text());
      Storage.of(file).write(file, JSON.writeValueAsBytes(new Content(VERSION, all)));
    }
  }

  /**
   * Refuses to delete results if some may be of other inputs.
   *
   * @throws UserException that names these
   */
  void requireOnly(SyncFolders folders) {
    List<String> others =
        addresses.stream().filter(address -> !address.equals(folders.in().text())).toList();
    if (!others.isEmpty()) {
      throw UserException.usage(
          "%s also holds results of %s, which --delete would delete; sync each input to an output of its own, or delete %s if they may go"
              .formatted(folders.out(), String.join(", ", others), file));
    }
  }
}
