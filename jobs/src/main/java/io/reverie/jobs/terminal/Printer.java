package io.reverie.jobs.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All output of Reverie passes through here, and invisible characters are escaped. The call decides
 * which line ends are preserved: {@code println} prints one line, {@code printf} a format of ours
 * with arguments that contain no line ends, {@code print} text with a layout of its own, such as a
 * help text or a stack trace.
 */
public final class Printer extends PrintWriter {

  /** The escape sequences that picocli uses for bold text. */
  private static final Pattern STYLE = Pattern.compile("\u001b\\[[0-9;]*m");

  private final boolean messages;

  private Printer(Writer out, boolean messages) {
    super(out, true);
    this.messages = messages;
  }

  /** Prints results for other programs, unshortened and unredacted. */
  public static Printer ofResults(Writer out) {
    return new Printer(out, false);
  }

  /** Prints messages for people, without secrets and without the middle of overlong texts. */
  public static Printer ofMessages(Writer out) {
    return new Printer(out, true);
  }

  @Override
  public void println(String line) {
    emit(line(line));
    println();
  }

  /** Prints a line of a stack trace, whose leading tab is preserved. */
  @Override
  public void println(Object line) {
    String text = String.valueOf(line);
    int indent = text.startsWith("\t") ? 1 : 0;
    emit(text.substring(0, indent));
    println(text.substring(indent));
  }

  @Override
  public void print(String lines) {
    String text = messages ? Redaction.of(String.valueOf(lines)) : String.valueOf(lines);
    Matcher styles = STYLE.matcher(text);
    int from = 0;
    while (styles.find()) {
      emit(Escaper.lines(text.substring(from, styles.start())));
      emit(styles.group());
      from = styles.end();
    }
    emit(Escaper.lines(text.substring(from)));
  }

  @Override
  public void print(Object lines) {
    print(String.valueOf(lines));
  }

  @Override
  public PrintWriter format(String format, Object... arguments) {
    return format(Locale.ROOT, format, arguments);
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... arguments) {
    emit(String.format(locale, format, Arrays.stream(arguments).map(this::part).toArray()));
    return this;
  }

  private Object part(Object argument) {
    return argument instanceof Number || argument instanceof Boolean
        ? argument
        : line(String.valueOf(argument));
  }

  private String line(String text) {
    // Redact before shortening: secrets in a truncated address could not be recognised.
    return Escaper.line(
        messages
            ? Shortener.sentence(Redaction.of(Shortener.page(String.valueOf(text))))
            : String.valueOf(text));
  }

  @Override
  public void write(String text, int from, int length) {
    emit(Escaper.lines(text.substring(from, from + length)));
  }

  @Override
  public void write(char[] text, int from, int length) {
    emit(Escaper.lines(new String(text, from, length)));
  }

  @Override
  public void write(int unit) {
    emit(Escaper.lines(String.valueOf((char) unit)));
  }

  private void emit(String shown) {
    super.write(shown, 0, shown.length());
  }
}
