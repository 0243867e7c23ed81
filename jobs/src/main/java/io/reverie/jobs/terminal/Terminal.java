package io.reverie.jobs.terminal;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.Charset;

/** The process's own streams, as they were before {@link #installEscaping} replaced them. */
public final class Terminal {

  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Terminal() {}

  /** Makes the JVM's streams escape what libraries and dying threads print. */
  public static void installEscaping() {
    System.setOut(EscapingStream.wrap(OUT, Charset.defaultCharset()));
    System.setErr(EscapingStream.wrap(ERR, Charset.defaultCharset()));
  }

  public static Printer results() {
    return Printer.ofResults(writer(OUT));
  }

  public static Printer messages() {
    return Printer.ofMessages(writer(ERR));
  }

  /** The raw stream for drawing, for text that is already escaped. */
  public static PrintStream stderr() {
    return ERR;
  }

  private static Writer writer(PrintStream stream) {
    return new OutputStreamWriter(stream, Charset.defaultCharset());
  }
}
