package io.reverie.jobs.sync;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file below the prefix of the results says of an item.
 *
 * @param attempt its number, from 1 on; 0 where it does not matter
 */
record RecordName(Type type, Mark mark, int attempt) implements Serializable {

  /** What is known. */
  enum Type {
    /** The result is there. */
    RESULT,
    /** It was made of this input by this recipe, and of no other since. */
    DONE,
    FAILED,
    /** An attempt that has not ended: it runs, or its machine is gone. */
    BEGUN
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(done|failed|begun)/([0-9a-f]{%1$d})-([0-9a-f]{%1$d})(?:-(\\d{1,6}))?\\.json"
              .formatted(Mark.DIGITS));

  static RecordName done(Mark mark) {
    return new RecordName(Type.DONE, mark, 0);
  }

  static RecordName result(String name) {
    return new RecordName(Type.RESULT, new Mark(Mark.hash(name), ""), 0);
  }

  /** Of a record's name below the folder of records; empty for what is none. */
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
                new Mark(parts.group(2), parts.group(3)),
                numbered ? Integer.parseInt(parts.group(4)) : 0));
  }

  /** The record's name below the folder of records. */
  String name() {
    String number = type == Type.DONE ? "" : "-" + attempt;
    return "%s/%s%s.json".formatted(type.name().toLowerCase(Locale.ROOT), mark, number);
  }

  boolean is(Type wanted, Mark whose) {
    return type == wanted && mark.equals(whose);
  }
}
