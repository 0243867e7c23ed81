package io.reverie.jobs.operation;

import io.reverie.jobs.terminal.Escaper;
import io.reverie.jobs.terminal.Redaction;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for machines: an event and its fields, both as {@code key=value} in the message and as
 * key-value pairs for layouts such as JSON. Credentials in addresses are removed, and invisible
 * characters escaped.
 */
final class LogLine {

  /** Users name it in their settings. */
  private static final Logger LOG = LoggerFactory.getLogger("io.reverie.work");

  private static final Pattern PLAIN = Pattern.compile("[\\w./:@+-]+");

  private final String event;
  private final Map<String, String> fields = new LinkedHashMap<>();

  LogLine(String event) {
    this.event = event;
  }

  /** Adds a field, unless the text is empty. */
  LogLine with(String key, String text) {
    if (!text.isEmpty()) {
      fields.put(key, Escaper.line(Redaction.of(text)));
    }
    return this;
  }

  LogLine with(String key, long number) {
    fields.put(key, Long.toString(number));
    return this;
  }

  LogLine withSeconds(double seconds) {
    fields.put("seconds", String.format(Locale.ROOT, "%.3f", seconds));
    return this;
  }

  /** The event, then its fields; values with spaces and the like are quoted. */
  String text() {
    return fields.entrySet().stream()
        .map(field -> " " + field.getKey() + "=" + quoted(field.getValue()))
        .collect(Collectors.joining("", event, ""));
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Writes the line. */
  void info() {
    if (LOG.isInfoEnabled()) {
      LoggingEventBuilder line = LOG.atInfo().addKeyValue("event", event);
      for (Map.Entry<String, String> field : fields.entrySet()) {
        line = line.addKeyValue(field.getKey(), field.getValue());
      }
      line.log("{}", text());
    }
  }
}
