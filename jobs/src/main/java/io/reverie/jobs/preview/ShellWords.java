package io.reverie.jobs.preview;

import io.reverie.jobs.terminal.Escaper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes words for pasting into a shell. */
final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private ShellWords() {}

  static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  static String quoted(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    if (!Escaper.line(word).equals(word)) {
      return ansi(word);
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Quotes invisible characters, byte by byte, in the form of bash, ksh and zsh. */
  private static String ansi(String word) {
    StringBuilder all = new StringBuilder("$'");
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c == '\\' || c == '\'') {
        all.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        all.append(c);
      } else {
        all.append("\\x%02x".formatted((int) c));
      }
    }
    return all.append('\'').toString();
  }
}
