package io.reverie.jobs.progress;

import io.reverie.jobs.terminal.Escaper;
import io.reverie.jobs.terminal.Shortener;
import io.reverie.jobs.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * A progress bar on stderr: redrawn in place on a terminal, elsewhere printed as a line every ten
 * seconds.
 */
public final class Bar implements AutoCloseable {

  private static final int WIDTH = 30;

  private final String title;
  private final double total;
  private final String unit;
  private final PrintStream out;
  private final boolean terminal;
  private final boolean silent;
  private final long start = System.nanoTime();
  private long shown = start;
  private double done;

  private Bar(
      String title, double total, String unit, PrintStream out, boolean terminal, boolean silent) {
    this.title = Escaper.line(Shortener.name(title));
    this.total = total;
    this.unit = unit;
    this.out = out;
    this.terminal = terminal;
    this.silent = silent;
  }

  /** A visible bar. The launcher detects whether stderr is a terminal, since Java cannot. */
  public static Bar onTerminal(String title, double total, String unit) {
    return new Bar(
        title, total, unit, Terminal.stderr(), Boolean.getBoolean("reverie.terminal"), false);
  }

  public static Bar silent() {
    return new Bar("", 0, "", Terminal.stderr(), false, true);
  }

  /**
   * Updates the bar, at most five times per second.
   *
   * @param now units done so far
   */
  public synchronized void show(double now) {
    done = now;
    long pause = terminal ? 200_000_000L : 10_000_000_000L;
    if (!silent && System.nanoTime() - shown > pause) {
      shown = System.nanoTime();
      draw();
    }
  }

  private void draw() {
    String line = line(Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3);
    if (terminal) {
      out.print("\r\u001b[K" + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  String line(double seconds) {
    double rate = seconds > 0 ? done / seconds : 0;
    double share = total > 0 ? Math.min(1, done / total) : 0;
    int full = (int) Math.round(share * WIDTH);
    String left = rate > 0 && total > 0 ? duration((total - done) / rate) : "--:--";
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %.0f/%.0f %s  %.2f %s/s  ETA %s",
        title,
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        done,
        total,
        unit,
        rate,
        unit,
        left);
  }

  private static String duration(double seconds) {
    long s = Math.max(0, Math.round(seconds));
    return s >= 3600
        ? "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60)
        : "%02d:%02d".formatted(s / 60, s % 60);
  }

  /** Draws the final state and leaves it on screen. */
  @Override
  public synchronized void close() {
    if (!silent && terminal && shown > start) {
      draw();
      out.println();
    }
  }
}
