package io.reverie.jobs.progress;

import io.reverie.jobs.terminal.Escaper;
import io.reverie.jobs.terminal.Shortener;
import io.reverie.jobs.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;

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
  private OptionalDouble left = OptionalDouble.empty();

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
  public void show(double now) {
    show(now, OptionalDouble::empty);
  }

  /**
   * Updates the bar, at most five times per second.
   *
   * @param now units done so far
   * @param seconds that are left, if known; otherwise they follow from the mean rate. Asked only if
   *     the bar is drawn.
   */
  public synchronized void show(double now, Supplier<OptionalDouble> seconds) {
    done = now;
    long pause = terminal ? 200_000_000L : 10_000_000_000L;
    if (!silent && System.nanoTime() - shown > pause) {
      shown = System.nanoTime();
      left = seconds.get();
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
    double linear = rate > 0 && total > 0 ? (total - done) / rate : Double.NaN;
    double expected = left.orElse(linear);
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %.0f/%.0f %s  %.2f %s/s  ETA %s",
        title,
        "#".repeat(full),
        "-".repeat(WIDTH - full),
        Math.floor(done + 1e-6),
        total,
        unit,
        rate,
        unit,
        Double.isNaN(expected) ? "--:--" : duration(expected));
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
      left = OptionalDouble.empty();
      draw();
      out.println();
    }
  }
}
