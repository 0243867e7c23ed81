package io.reverie.jobs.trust;

import io.reverie.jobs.terminal.Escaped;

/**
 * A file or address that settings refer to.
 *
 * @param act what the program would do with it
 * @param role such as "the guide"
 * @param name of the file, or its address
 */
public record ExternalRef(Act act, String role, String name) {

  public static final String SOURCE = "the source";
  static final String WEIGHTS = "the weights";

  /** What the program would do with a reference. */
  public enum Act {
    READ("reads %s %s"),
    /** Reads an earlier download whose hash still matches. */
    REUSE("reads %s %s from the cache"),
    DOWNLOAD("downloads %s %s"),
    /** A TorchScript module is a program. */
    RUN("runs a program, %s %s"),
    WRITE("writes %s %s");

    private final String format;

    Act(String format) {
      this.format = format;
    }
  }

  public String line() {
    return act.format.formatted(role, shownName());
  }

  String shownName() {
    return Escaped.line(name);
  }
}
