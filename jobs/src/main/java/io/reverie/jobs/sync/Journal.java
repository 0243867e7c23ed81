package io.reverie.jobs.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.untrusted.SmallFile;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;

/**
 * Writes the records of items, in the task that starts or ends each item, so that they survive a
 * crash of the driver.
 *
 * <p>An attempt is recorded before it starts. If it crashes its worker, the next run finds the
 * record and counts the attempt as failed.
 *
 * @param ledger location of the records
 * @param settingsId id of the settings
 */
public record Journal(Ledger ledger, String settingsId) implements Serializable {

  /** Raise when readers of the old format would misread the new one. */
  private static final int VERSION = 1;

  private static final String UNENDED =
      "an attempt started but did not finish; it may have crashed the worker";

  private static final String UNREADABLE =
      "it failed, and the record of the failure cannot be read";

  /** Maximum size of a record. */
  private static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Records the start of an item; call before any work. Repeated if Spark retries the task. */
  public void begin(SyncItem item) throws IOException {
    write(record(RecordName.Type.BEGUN, item), item, planned(item, UNENDED));
    // From now on, earlier records no longer describe the result.
    for (RecordName record : item.outdated()) {
      if (record.type() == RecordName.Type.DONE) {
        delete(record);
      } else if (record.type() == RecordName.Type.PACKED) {
        write(record.voiding(), item, planned(item, ""));
      }
    }
  }

  /** Records the end of an item; call after its result was published or has failed. */
  public void end(SyncItem item, Outcome outcome) throws IOException {
    if (outcome.status() == Status.FAILED) {
      fail(item, outcome);
      return;
    }
    write(RecordName.done(item.key()), item, outcome);
    withdraw(item);
    for (RecordName record : item.outdated()) {
      if (record.isFailure()) {
        delete(record);
      }
    }
  }

  private void fail(SyncItem item, Outcome outcome) throws IOException {
    TaskContext task = TaskContext.get();
    if (task == null || !task.isInterrupted()) {
      write(record(RecordName.Type.FAILED, item), item, outcome);
    }
    withdraw(item);
  }

  /** Forgets items whose results were deleted. */
  void forget(List<SyncItem> items) throws IOException {
    List<Location> files = new ArrayList<>();
    for (SyncItem item : items) {
      for (RecordName record : item.outdated()) {
        if (record.type() == RecordName.Type.PACKED) {
          write(record.voiding(), item, planned(item, ""));
        } else {
          files.add(ledger.location(record));
        }
      }
    }
    Storage.of(ledger.results()).deleteFiles(files);
  }

  private void withdraw(SyncItem item) throws IOException {
    delete(record(RecordName.Type.BEGUN, item));
  }

  /**
   * Deletes the records of attempts that were interrupted from outside, through no fault of their
   * own.
   */
  void withdraw(Collection<SyncItem> items) throws IOException {
    Storage.of(ledger.results())
        .deleteFiles(
            items.stream()
                .map(item -> ledger.location(record(RecordName.Type.BEGUN, item)))
                .toList());
  }

  /**
   * Returns the outcome of an item whose batch ended with an error; empty if it was not started.
   *
   * @param reason why the batch ended
   */
  Optional<Outcome> outcomeOf(SyncItem item, String reason) throws IOException {
    if (exists(record(RecordName.Type.BEGUN, item))) {
      return Optional.of(failed(item, reason));
    }
    if (exists(record(RecordName.Type.FAILED, item))) {
      return Optional.of(failed(item, message(record(RecordName.Type.FAILED, item))));
    }
    return exists(RecordName.done(item.key()))
        ? Optional.of(outcome(item, Status.DREAMED, ""))
        : Optional.empty();
  }

  String reason(SyncItem item) throws IOException {
    RecordName failed = new RecordName(RecordName.Type.FAILED, item.key(), item.failures());
    return exists(failed) ? message(failed) : UNENDED;
  }

  static Outcome failed(SyncItem item, String message) {
    return outcome(item, Status.FAILED, message);
  }

  static Outcome planned(SyncItem item, String message) {
    return outcome(item, Status.PLANNED, message);
  }

  private static Outcome outcome(SyncItem item, Status status, String message) {
    return new Outcome(
        item.input().location().text(),
        item.output().text(),
        status,
        0,
        0,
        0,
        message,
        List.of(),
        Outcome.Measured.NOTHING,
        "");
  }

  private static RecordName record(RecordName.Type type, SyncItem item) {
    return new RecordName(type, item.key(), item.attempt());
  }

  private void write(RecordName name, SyncItem item, Outcome outcome) throws IOException {
    ObjectNode record = JSON.createObjectNode();
    record.put("version", VERSION);
    record.put("event", name.name().substring(0, name.name().indexOf('/')));
    record.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    record.put("input", item.input().location().absolute());
    record.put("length", item.input().length());
    record.put("modified", Instant.ofEpochMilli(item.input().modified()).toString());
    record.put("inputVersion", item.input().version());
    record.put("settings", settingsId);
    record.put("output", item.output().absolute());
    record.put("attempt", item.attempt());
    record.put("frames", outcome.frames());
    record.put("corrupt", outcome.corrupt());
    record.put("seconds", outcome.seconds());
    record.put("message", outcome.message());
    outcome.warnings().forEach(record.putArray("warnings")::add);
    Location file = ledger.location(name);
    Storage.of(file).write(file, JSON.writeValueAsBytes(record));
  }

  private void delete(RecordName record) throws IOException {
    Location file = ledger.location(record);
    Storage.of(file).deleteFile(file);
  }

  private boolean exists(RecordName record) throws IOException {
    Location file = ledger.location(record);
    return Storage.of(file).find(file).isPresent();
  }

  private String message(RecordName name) throws IOException {
    Location file = ledger.location(name);
    try {
      Optional<byte[]> record = SmallFile.read(file, MAX_BYTES);
      return record.isEmpty() ? UNREADABLE : JSON.readTree(record.get()).path("message").asText();
    } catch (JsonProcessingException e) {
      return UNREADABLE;
    }
  }
}
