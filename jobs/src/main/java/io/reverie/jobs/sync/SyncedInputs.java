package io.reverie.jobs.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.untrusted.SmallFile;
import io.reverie.jobs.storage.untrusted.StoredJson;
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
      Content content = StoredJson.MAPPER.readValue(bytes, Content.class);
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
      Storage.of(file).write(file, StoredJson.MAPPER.writeValueAsBytes(new Content(VERSION, all)));
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
          "%s also has results of %s, which --delete would delete; give each input an output of its own, or delete %s to allow it"
              .formatted(folders.out(), String.join(", ", others), file));
    }
  }
}
