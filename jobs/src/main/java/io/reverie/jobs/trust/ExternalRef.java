package io.reverie.jobs.trust;

import io.reverie.jobs.terminal.Escaped;

/**
 * Something that settings need beside the program itself.
 *
 * @param act what is done with it
 * @param role that it has, such as "the guide"
 * @param name of the file, or its address
 */
public record ExternalRef(Act act, String role, String name) {

  public static final String SOURCE = "the source";
  static final String WEIGHTS = "the weights";

  /** What is done with a thing that settings name. */
  public enum Act {
    READ("reads %s %s"),
    /** Of what was downloaded before, and still has its hash. */
    REUSE("reads %s %s from the cache"),
    DOWNLOAD("downloads %s %s"),
    /** A TorchScript module is one. */
    RUN("runs a program, %s %s"),
    WRITE("writes %s %s");

    private final String words;

    Act(String words) {
      this.words = words;
    }
  }

  /** One line for people. */
  public String line() {
    return act.words.formatted(role, shownName());
  }

  /** On one line, whatever it holds. */
  String shownName() {
    return Escaped.line(name);
  }
}
