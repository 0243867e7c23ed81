package io.reverie.jobs.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.SmallFile;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;

/**
 * Keeps the records, in the very task that begins or ends an item: whatever dies afterwards, what
 * was done is known.
 *
 * <p>An attempt is on record before it begins. One that takes its machine along is found there by
 * the next run, and counts as failed.
 *
 * @param ledger where the records lie
 * @param recipe its id
 */
public record Journal(Ledger ledger, String recipe) implements Serializable {

  /** To be raised whenever a reader of the old form would err. */
  private static final int VERSION = 1;

  private static final String UNENDED =
      "an attempt began and never ended; it may have taken its machine along";

  private static final String UNREADABLE = "it failed, and the record of it cannot be read";

  /** Of a record, in bytes. */
  private static final int LARGEST = 1 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** To be called before an item's first work. May be repeated, by another attempt of a task. */
  public void begin(SyncItem item) throws IOException {
    write(trace(RecordName.Type.BEGUN, item), item, planned(item, UNENDED));
    // From now on the result is of no other making.
    for (RecordName trace : item.outdated()) {
      if (trace.type() == RecordName.Type.DONE) {
        delete(trace);
      }
    }
  }

  /** To be called after an item's last work, once its result is published, or cannot be. */
  public void end(SyncItem item, Outcome outcome) throws IOException {
    if (outcome.status() == Status.FAILED) {
      fail(item, outcome);
      return;
    }
    write(RecordName.done(item.mark()), item, outcome);
    withdraw(item);
    for (RecordName trace : item.outdated()) {
      if (trace.type() != RecordName.Type.DONE) {
        delete(trace);
      }
    }
  }

  private void fail(SyncItem item, Outcome outcome) throws IOException {
    TaskContext task = TaskContext.get();
    if (task == null || !task.isInterrupted()) {
      write(trace(RecordName.Type.FAILED, item), item, outcome);
    }
    withdraw(item);
  }

  /** Forgets that an attempt has begun: it was ended from outside, through no fault of its own. */
  void withdraw(SyncItem item) throws IOException {
    delete(trace(RecordName.Type.BEGUN, item));
  }

  /**
   * What has become of an item whose batch ended with an error; empty if it was not begun.
   *
   * @param reason why its batch ended
   */
  Optional<Outcome> fate(SyncItem item, String reason) throws IOException {
    if (exists(trace(RecordName.Type.BEGUN, item))) {
      return Optional.of(failed(item, reason));
    }
    if (exists(trace(RecordName.Type.FAILED, item))) {
      return Optional.of(failed(item, message(trace(RecordName.Type.FAILED, item))));
    }
    return exists(RecordName.done(item.mark()))
        ? Optional.of(outcome(item, Status.DREAMED, ""))
        : Optional.empty();
  }

  /** Why the last attempt of an item failed. */
  String reason(SyncItem item) throws IOException {
    RecordName failed = new RecordName(RecordName.Type.FAILED, item.mark(), item.failures());
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
        item.input().location().text(), item.output().text(), status, 0, 0, 0, message, List.of());
  }

  private static RecordName trace(RecordName.Type type, SyncItem item) {
    return new RecordName(type, item.mark(), item.attempt());
  }

  private void write(RecordName trace, SyncItem item, Outcome outcome) throws IOException {
    ObjectNode record = JSON.createObjectNode();
    record.put("version", VERSION);
    record.put("event", trace.name().substring(0, trace.name().indexOf('/')));
    record.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    record.put("input", item.input().location().absolute());
    record.put("length", item.input().length());
    record.put("modified", Instant.ofEpochMilli(item.input().modified()).toString());
    record.put("inputVersion", item.input().version());
    record.put("recipe", recipe);
    record.put("output", item.output().absolute());
    record.put("attempt", item.attempt());
    record.put("frames", outcome.frames());
    record.put("corrupt", outcome.corrupt());
    record.put("seconds", outcome.seconds());
    record.put("message", outcome.message());
    outcome.warnings().forEach(record.putArray("warnings")::add);
    Location file = ledger.location(trace);
    Storage.of(file).write(file, JSON.writeValueAsBytes(record));
  }

  private void delete(RecordName trace) throws IOException {
    Location file = ledger.location(trace);
    Storage.of(file).delete(file);
  }

  private boolean exists(RecordName trace) throws IOException {
    Location file = ledger.location(trace);
    return Storage.of(file).find(file).isPresent();
  }

  private String message(RecordName trace) throws IOException {
    Location file = ledger.location(trace);
    try {
      Optional<byte[]> record = SmallFile.read(file, LARGEST);
      return record.isEmpty() ? UNREADABLE : JSON.readTree(record.get()).path("message").asText();
    } catch (JsonProcessingException e) {
      return UNREADABLE;
    }
  }
}
