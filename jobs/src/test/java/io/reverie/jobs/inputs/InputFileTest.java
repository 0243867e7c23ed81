package io.reverie.jobs.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFileTest {

  private static final String THREE =
      "[a.png||{\"strength\":0.5,\"octaves\":{\"scale\":1.3,\"count\":3}}, b.png|x/b.webp|{}, c.png||{}]";

  @TempDir private Path folder;

  private List<InputRow> rows(String name, String text) throws IOException {
    return InputFile.of(Files.writeString(folder.resolve(name), text).toString()).read();
  }

  private static String shown(List<InputRow> rows) {
    return rows.stream()
        .map(r -> "%s|%s|%s".formatted(r.input(), r.output().orElse(""), r.settings().tree()))
        .toList()
        .toString();
  }

  @Test
  void jsonLinesHaveDottedAndNestedKeysAndMayHaveBlankLines() throws IOException {
    List<InputRow> rows =
        rows(
            "a.jsonl",
            """
            {"input": "a.png", "strength": 0.5, "octaves.scale": 1.3, "octaves": {"count": 3}}

            {"input": "b.png", "output": "x/b.webp", "strength": null}
            {"input": "c.png"}
            """);
    assertThat(shown(rows)).isEqualTo(THREE);
    assertThat(rows).extracting(InputRow::where).containsExactly("line 1", "line 3", "line 4");
  }

  private static String windows(String text) {
    return text.replace("\n", "\r\n");
  }

  @Test
  void aCellOfCsvIsWhatFollowsTheSetOption() throws IOException {
    List<InputRow> rows =
        rows(
            "a.CSV",
            windows(
                """
                \uFEFFinput,strength,octaves.scale,octaves.count,output
                a.png, 0.5 ,1.3,3,

                b.png,,,,x/b.webp
                c.png,,,,
                """));
    assertThat(shown(rows)).isEqualTo(THREE);
    assertThat(rows).extracting(InputRow::where).containsExactly("line 2", "line 4", "line 5");
    assertThat(
            shown(
                rows(
                    "b.csv",
                    "input,layers,preset\n\"a, \"\"b\"\".png\",\"[{layer: fine}, {layer: x}]\",fever\n")))
        .isEqualTo(
            "[a, \"b\".png||{\"layers\":[{\"layer\":\"fine\"},{\"layer\":\"x\"}],\"preset\":\"fever\"}]");
  }

  @Test
  void aRowOfYamlIsASettingsFileWithAnInput() throws IOException {
    List<InputRow> rows =
        rows(
            "a.yml",
            """
            - input: a.png
              strength: 0.5
              octaves: {scale: 1.3, count: 3}
            - {input: b.png, output: x/b.webp}
            - input: c.png
            """);
    assertThat(shown(rows)).isEqualTo(THREE);
    assertThat(rows).extracting(InputRow::where).containsExactly("row 1", "row 2", "row 3");
  }

  @Test
  void theRecipeIsNoKeyOfTheSpec() throws IOException {
    assertThat(rows("a.csv", "recipe,input\nengraving,a.png\n").get(0).recipe())
        .isEqualTo(Optional.of("engraving"));
  }

  @Test
  void equalSettingsAreHeldOnce() throws IOException {
    List<InputRow> rows = rows("a.csv", "input,step\na.png,2\nb.png,2\n");
    assertThat(rows.get(0).settings()).isSameAs(rows.get(1).settings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a.jsonl | {\"input\": \"a\"}\\n{\"inptu\": \"b\"} | , line 2: unknown key 'inptu'; did you mean 'input'?",
        "a.jsonl | {\"input\": \"a\", \"octaves\": {\"scal\": 2}} | , line 1: unknown key 'octaves.scal'; did you mean 'octaves.scale'?",
        "a.jsonl | {\"strength\": 1} | , line 1: the input is missing; name a file with the key input",
        "a.jsonl | {\"input\": 3} | , line 1: input must be text",
        "a.jsonl | {\"input\": \"a\"}\\n{\"input\": | , line 2 is not valid JSON: ",
        "a.jsonl | {\"input\": \"a\", \"input\": \"b\"} | , line 1 is not valid JSON: it has the key 'input' twice; keep one",
        "a.jsonl | {\"input\": \"a\", \"octaves\": 3} | , line 1: octaves must be a group of keys",
        "a.jsonl | {\"input\": \"a\", \"octaves.count\": 3, \"octaves\": {\"count\": 4}} | , line 1: the key octaves.count is set twice; keep one",
        "a.jsonl | [1] | , line 1: a row must consist of keys and values, such as input: a.png",
        "a.jsonl | \\n | has no rows; add one, with an input",
        "a.csv | input,stren\\na,1 | , line 1: unknown key 'stren'; did you mean 'step'?",
        "a.csv | strength\\n1 | , line 1: the header has no column input; add it as the first line of the file",
        "a.csv | input,step,step\\na,1,2 | , line 1: the key step has two columns; keep one",
        "a.csv | input,\\na, | , line 1: a column has no key; name it, or remove it",
        "a.csv | input,step\\na,1\\nb,1,2 | , line 3: it has 3 cells, but the header has 2; quote a cell that contains a comma",
        "a.csv | input,step\\n,1 | , line 2: the input is missing; name a file with the key input",
        "a.csv | input,step\\na,[ | , line 2: '[' is not valid YAML: ",
        "a.csv | input,layers\\na,fine | , line 2: layers must be a list in brackets, not 'fine'",
        "a.csv | input\\n\"a | not valid CSV: ",
        "a.csv | input | has no rows; add one, with an input",
        "a.yaml | input: a | must be a list: begin each row with a dash, such as - input: a.png",
        "a.yaml | - input: a\\n- b | , row 2: a row must consist of keys and values, such as input: a.png",
        "a.yaml | - input: [ | a.yaml is not valid YAML: ",
      })
  void aWrongRowIsToldInOneSentenceWithItsPlace(String name, String text, String sentence) {
    assertThatThrownBy(() -> rows(name, text.replace("\\n", "\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.resolve(name).toString())
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(((UserException) e).kind()).isEqualTo(UserException.Kind.USAGE));
  }

  @Test
  void aFileThatIsMissingOrNoTextIsNamed() throws IOException {
    Path file = folder.resolve("a.csv");
    assertThatThrownBy(() -> InputFile.of(file.toString()).read())
        .hasMessageContaining("cannot read ")
        .hasMessageContaining(file.toString());
    Files.write(file, "input\n\u00e4.png".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> InputFile.of(file.toString()).read())
        .hasMessage("cannot read %s: it is not UTF-8 text", file);
    assertThatThrownBy(() -> InputFile.of("a.xlsx"))
        .hasMessage("--inputs a.xlsx: end the name with .jsonl, .csv or .yaml");
  }

  @Test
  void deeplyNestedRowsAreRefused() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> rows("a.jsonl", "{\"input\": \"a\", \"layers\": " + deep))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 1 is not valid JSON");
    assertThatThrownBy(() -> rows("a.yaml", "- layers: " + deep)).isInstanceOf(UserException.class);
    assertThatThrownBy(() -> rows("a.csv", "input,layers\na," + deep))
        .isInstanceOf(UserException.class);
  }
}
