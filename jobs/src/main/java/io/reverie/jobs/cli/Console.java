package io.reverie.jobs.cli;

import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.ForecastText;
import io.reverie.jobs.forecast.Prices;
import io.reverie.jobs.run.ReportJson;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Where a command prints.
 *
 * @param json whether to print one JSON object on stdout and everything else on stderr
 * @param quiet whether to print errors only
 */
record Console(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {

  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  static Console of(CommandLine line, boolean json, boolean quiet) {
    return new Console(line.getOut(), line.getErr(), json, quiet);
  }

  /** The console of a command without such options. */
  static Console of(CommandLine line) {
    return of(line, false, false);
  }

  /** Prints an error, or a warning that even a quiet run shows. */
  void error(String sentence) {
    err.println("reverie: " + sentence);
  }

  /** Prints a bug with its stack trace. */
  void bug(String trace) {
    err.print("reverie: " + trace);
    err.println();
  }

  void notice(String sentence) {
    remarks().println("reverie: " + sentence);
  }

  /** For everything about results that is not an error. */
  PrintWriter remarks() {
    return quiet ? NOWHERE : err;
  }

  PrintWriter results() {
    return quiet ? NOWHERE : answers();
  }

  /** For what the command was run to find out, which even a quiet run prints. */
  PrintWriter answers() {
    return json ? err : out;
  }

  /** Ends with the report, if the user wants JSON. */
  void end(Object report) {
    if (json) {
      out.println(ReportJson.of(report));
    }
    flush();
  }

  /**
   * Ends with the forecast, and the report if the user wants JSON.
   *
   * @param forecast of a dry run
   */
  void end(Object report, Optional<Forecast> forecast, Prices prices) {
    forecast
        .map(known -> new ForecastText(known, prices).lines())
        .ifPresent(lines -> lines.forEach(results()::println));
    if (json) {
      out.println(ReportJson.of(report, forecast));
    }
    flush();
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
