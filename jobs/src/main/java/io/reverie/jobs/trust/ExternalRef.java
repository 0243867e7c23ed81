package io.reverie.jobs.trust;

import io.reverie.jobs.terminal.Escaper;

/**
 * A file or address that settings refer to.
 *
 * @param accessKind what the program would do with it
 * @param role such as "the guide"
 * @param name of the file, or its address
 */
public record ExternalRef(AccessKind accessKind, String role, String name) {

  public static final String SOURCE = "the source";
  static final String WEIGHTS = "the weights";

  /** The ways in which the program would use a reference. */
  public enum AccessKind {
    READ("reads %s %s"),
    /** Reads an earlier download whose hash still matches. */
    REUSE("reads %s %s from the cache"),
    DOWNLOAD("downloads %s %s"),
    /** A TorchScript module is a program. */
    RUN("runs a program, %s %s"),
    WRITE("writes %s %s");

    private final String format;

    AccessKind(String format) {
      this.format = format;
    }
  }

  public String line() {
    return accessKind.format.formatted(role, shownName());
  }

  String shownName() {
    return Escaper.line(name);
  }
}
