package io.reverie.jobs.run;

import java.lang.management.ManagementFactory;

/** When this program started. */
public final class ProgramStart {

  private ProgramStart() {}

  /** Returns the seconds since then: the start of the JVM and of Spark, and the settings. */
  public static double seconds() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
  }
}
