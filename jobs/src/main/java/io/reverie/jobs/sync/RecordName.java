package io.reverie.jobs.sync;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a file name below the prefix of the results.
 *
 * @param attempt number, from 1; 0 where it does not matter
 */
record RecordName(Type type, ItemKey key, int attempt) implements Serializable {
  RecordName {
    if (attempt < 0) {
      throw new IllegalArgumentException("there is no attempt %d".formatted(attempt));
    }
  }

  enum Type {
    /** A result. */
    RESULT,
    /** The result was made from this input and these settings, and has not been replaced since. */
    DONE,
    FAILED,
    /** An attempt that has not ended: it is running, or its machine crashed. */
    BEGUN
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(done|failed|begun)/([0-9a-f]{%1$d})-([0-9a-f]{%1$d})(?:-(\\d{1,6}))?\\.json"
              .formatted(ItemKey.DIGITS));

  static RecordName done(ItemKey key) {
    return new RecordName(Type.DONE, key, 0);
  }

  static RecordName result(String name) {
    return new RecordName(Type.RESULT, new ItemKey(ItemKey.hash(name), ""), 0);
  }

  /** Parses a name relative to the folder of records; empty if it is not a record's. */
  static Optional<RecordName> parse(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Type type = Type.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
    boolean numbered = parts.group(4) != null;
    return numbered == (type == Type.DONE)
        ? Optional.empty()
        : Optional.of(
            new RecordName(
                type,
                new ItemKey(parts.group(2), parts.group(3)),
                numbered ? Integer.parseInt(parts.group(4)) : 0));
  }

  /** The name relative to the folder of records. */
  String name() {
    String number = type == Type.DONE ? "" : "-" + attempt;
    return "%s/%s%s.json".formatted(type.name().toLowerCase(Locale.ROOT), key, number);
  }

  boolean is(Type otherType, ItemKey otherKey) {
    return type == otherType && key.equals(otherKey);
  }
}
