package io.reverie.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrinterTest {

  private static final String NAME = "a\u001b[2J\u001b]0;title\u0007\r\nreverie: done\u202egnp.exe";
  private static final String SHOWN =
      "a\\u001b[2J\\u001b]0;title\\u0007\\r\\nreverie: done\\u202egnp.exe";

  private static String messages(Consumer<Printer> what) {
    StringWriter text = new StringWriter();
    what.accept(Printer.ofMessages(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static String results(Consumer<Printer> what) {
    StringWriter text = new StringWriter();
    what.accept(Printer.ofResults(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void aNameStaysOnItsLineAndDrawsNothing() {
    assertThat(messages(p -> p.println("reverie: " + NAME))).isEqualTo("reverie: " + SHOWN + "\n");
    assertThat(results(p -> p.println(NAME))).isEqualTo(SHOWN + "\n");
  }

  @Test
  void aFormatKeepsItsLineEndsAndItsArgumentsDoNot() {
    assertThat(results(p -> p.printf("%s:%n%5.1f %b %d%n", NAME, 0.5, true, 3)))
        .isEqualTo(SHOWN + ":\n  0.5 true 3\n");
  }

  @Test
  void layoutAndStyleOfHelpTextsArePreserved() {
    assertThat(results(p -> p.print("\u001b[1musage\u001b[21m\u001b[0m\n\tx\u001b[2Jy\n")))
        .isEqualTo("\u001b[1musage\u001b[21m\u001b[0m\n\tx\\u001b[2Jy\n");
  }

  @Test
  void aStackTraceKeepsItsLinesButItsMessageHasNone() {
    String trace = messages(new IllegalStateException(NAME)::printStackTrace);
    assertThat(trace).startsWith("java.lang.IllegalStateException: " + SHOWN + "\n\tat ");
    assertThat(trace.lines().count()).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u0008", "\u007f", "\u0085", "\u009b31m", "\u00ad", "\u200b", "\u200e", "\u200f",
        "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2028", "\u2029", "\u2066", "\u2067",
        "\u2068", "\u2069", "\ufeff", "\ud800", "\udc00", "\udb40\udc41", "\u3164", "\ufff9"
      })
  void invisibleCharactersAreEscaped(String hidden) {
    assertThat(Escaper.line("a" + hidden + "b"))
        .startsWith("a\\u%04x".formatted((int) hidden.charAt(0)))
        .endsWith("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Größe 猫.png", "שלום", "😀", "back\\slash", "e\u0301"})
  void visibleCharactersStay(String shown) {
    assertThat(Escaper.line(shown)).isEqualTo(shown);
  }

  @Test
  void jsonKeepsItsMeaning() throws Exception {
    Map<String, String> told = Map.of("input", NAME + "\u009b\ud800\udb40\udc41 \"q\" \\");
    ObjectMapper mapper = new ObjectMapper();
    String json = mapper.writeValueAsString(told);
    String printed = results(p -> p.println(json));
    assertThat(printed.codePoints().filter(c -> c != '\n')).noneMatch(Escaper::isHidden);
    assertThat(mapper.readTree(printed)).isEqualTo(mapper.valueToTree(told));
  }

  @ParameterizedTest
  @CsvSource({
    "see https://b.s3.eu.org/k?X-Amz-Signature=SECRET&a=b: 403, see https://b.s3.eu.org/k",
    "GET /k?X-Amz-Credential=SECRET failed, GET /k?X-Amz-Credential=... failed",
    "s3a://b/k?X-Amz-Signature=SECRET, s3a://b/k",
    "s3a://b/what?a=b.png, s3a://b/what?a=b.png"
  })
  void messagesHaveNoSignatures(String message, String told) {
    assertThat(messages(p -> p.println(message))).startsWith(told).doesNotContain("SECRET");
    assertThat(messages(p -> p.printf("%s", message))).startsWith(told).doesNotContain("SECRET");
    assertThat(messages(p -> p.print(message))).startsWith(told).doesNotContain("SECRET");
  }

  @Test
  void aLongMessageKeepsItsStartAndItsRemedyAndTakesNoTime() {
    String message = "unknown key '" + "a://a.".repeat(200_000) + "'; did you mean 'step'?";
    String printed = messages(p -> p.println(message));
    assertThat(printed).hasSizeLessThan(4100).startsWith("unknown key 'a");
    assertThat(printed).endsWith("did you mean 'step'?\n");
    // Results are not shortened.
    assertThat(results(p -> p.println(message))).contains(message);
  }

  @Test
  void outputOfLibrariesIsEscapedEvenIfACharacterIsSplit() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream plain = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    PrintStream guarded = EscapingStream.wrap(plain, StandardCharsets.UTF_8);
    for (byte one : "ü\u202e\u001b[2J\n\tat x\n".getBytes(StandardCharsets.UTF_8)) {
      guarded.write(one);
    }
    guarded.write(new byte[] {(byte) 0xff, 'a', '\n'});
    guarded.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("ü\\u202e\\u001b[2J\n\tat x\n\ufffda\n");
  }
}
