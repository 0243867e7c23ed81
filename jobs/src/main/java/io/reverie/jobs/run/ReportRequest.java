package io.reverie.jobs.run;

import java.io.Serializable;

/**
 * Whether a run writes a report.
 *
 * @param file that the user named; empty for the usual place
 */
public record ReportRequest(boolean wanted, String file) implements Serializable {

  public static final ReportRequest NONE = new ReportRequest(false, "");
}
