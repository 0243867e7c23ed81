package io.reverie.jobs.sync;

import io.reverie.jobs.sync.packed.PackedRecord;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a file name below the prefix of the results.
 *
 * @param attempt number, from 1; 0 where it does not matter
 * @param modified when the file was written, in milliseconds since 1970; 0 if not listed
 * @param result its name relative to the prefix of the results; empty for records
 */
record RecordName(Type type, ItemKey key, int attempt, long modified, String result)
    implements Serializable {
  RecordName {
    if (attempt < 0) {
      throw new IllegalArgumentException("there is no attempt %d".formatted(attempt));
    }
  }

  RecordName(Type type, ItemKey key, int attempt) {
    this(type, key, attempt, 0, "");
  }

  enum Type {
    /** A result. */
    RESULT,
    /** The result was made from this input and these settings, and has not been replaced since. */
    DONE,
    /** The same, in a file together with others. */
    PACKED,
    /** What a packed record says is no longer so. */
    VOID,
    FAILED,
    /** An attempt that has not ended: it is running, or its machine crashed. */
    BEGUN
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(done|void|failed|begun)/([0-9a-f]{%1$d})-([0-9a-f]{%1$d})(?:-(\\d{1,6}))?\\.json"
              .formatted(ItemKey.DIGITS));

  static RecordName done(ItemKey key) {
    return new RecordName(Type.DONE, key, 0);
  }

  static RecordName result(String name) {
    return new RecordName(Type.RESULT, new ItemKey(ItemKey.hash(name), ""), 0, 0, name);
  }

  static RecordName packed(PackedRecord record) {
    return new RecordName(
        Type.PACKED, new ItemKey(record.resultHash(), record.workHash()), 0, record.made(), "");
  }

  /** The record that makes a packed one void. */
  RecordName voiding() {
    return new RecordName(Type.VOID, key, 0);
  }

  RecordName at(long time) {
    return new RecordName(type, key, attempt, time, result);
  }

  /** Whether it says that the result is made. */
  boolean isDone() {
    return type == Type.DONE || type == Type.PACKED;
  }

  /** Whether it is an attempt that failed, or did not end. */
  boolean isFailure() {
    return type == Type.FAILED || type == Type.BEGUN;
  }

  /** Parses a name relative to the folder of records; empty if it is not a record's. */
  static Optional<RecordName> parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Type type = Type.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
    boolean numbered = parts.group(4) != null;
    return numbered == (type == Type.DONE || type == Type.VOID)
        ? Optional.empty()
        : Optional.of(
            new RecordName(
                type,
                new ItemKey(parts.group(2), parts.group(3)),
                numbered ? Integer.parseInt(parts.group(4)) : 0));
  }

  /** The name relative to the folder of records. */
  String name() {
    String number = isFailure() ? "-" + attempt : "";
    return "%s/%s%s.json".formatted(type.name().toLowerCase(Locale.ROOT), key, number);
  }

  boolean is(Type otherType, ItemKey otherKey) {
    return type == otherType && key.equals(otherKey);
  }
}
