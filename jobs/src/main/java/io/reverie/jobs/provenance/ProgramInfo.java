package io.reverie.jobs.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A build of Reverie.
 *
 * @param version as published
 * @param commit it was built from; empty if unknown
 */
public record ProgramInfo(String version, String commit) implements Serializable {

  /** The running build. */
  public static final ProgramInfo THIS = read();

  private static ProgramInfo read() {
    Properties build = new Properties();
    try (InputStream in = ProgramInfo.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = build.getProperty("commit").strip();
    // Without Git the build leaves the placeholder.
    return new ProgramInfo(build.getProperty("version"), commit.startsWith("$") ? "" : commit);
  }

  @Override
  public String toString() {
    return version + (commit.isEmpty() ? "" : " (" + commit + ")");
  }
}
