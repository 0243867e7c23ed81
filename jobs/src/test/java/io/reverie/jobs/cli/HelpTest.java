package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.help.OptionGroup;
import io.reverie.jobs.cli.option.KeyOptions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What `--help` of each command shows. */
class HelpTest {

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  static Stream<CommandSpec> commands() {
    return Reverie.commandLine(List.of()).getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec);
  }

  @Test
  void theProgramListsItsCommandsAndExitCodes() {
    String help = CommandLineRun.of("--help").out();
    assertThat(help)
        .containsSubsequence("Options:", "Commands:", "  video ", "  images ", "Examples:", "130 ");
    examples(help).forEach(example -> CommandLineRun.parse(words(example)));
  }

  private static Stream<OptionSpec> shown(CommandSpec command) {
    return command.options().stream().filter(option -> !option.hidden());
  }

  private static String help(CommandSpec command, int width) {
    OptionGroup.arrange(command);
    command.usageMessage().autoWidth(false).width(width);
    return command.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionOfACommandThatDreamsHasAGroup(CommandSpec command) {
    if (KeyOptions.setsDream(command)) {
      assertThat(shown(command))
          .allSatisfy(o -> assertThat(OptionGroup.lists(o)).as(o.longestName()).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionWithAValueNamesItsDefault(CommandSpec command) {
    assertThat(shown(command).filter(option -> option.arity().max() > 0))
        .allSatisfy(
            option ->
                assertThat(String.join(" ", option.description()))
                    .as(option.longestName())
                    .containsPattern("\\(default: .+\\)\\.$"));
  }

  /** Picocli's completion keeps the choices by label. */
  @ParameterizedTest
  @MethodSource("commands")
  void optionsWithChoicesHaveLabelsOfTheirOwn(CommandSpec command) {
    assertThat(
            shown(command)
                .filter(o -> o.completionCandidates() != null)
                .filter(o -> o.completionCandidates().iterator().hasNext())
                .map(OptionSpec::paramLabel))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everySentenceBeginsWithACapitalAndEndsWithAFullStop(CommandSpec command) {
    assertThat(command.usageMessage().description()).singleElement().asString().endsWith(".");
    assertThat(shown(command))
        .allSatisfy(
            option ->
                assertThat(String.join(" ", option.description()))
                    .as(option.longestName())
                    .endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasExamplesThatParse(CommandSpec command) {
    List<String> examples = examples(help(command, 120));
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      CommandLineRun.parse(words(example));
    }
  }

  /** The example commands; a backslash continues a line. */
  private static List<String> examples(String help) {
    String below = help.substring(help.indexOf("Examples:\n") + "Examples:\n".length());
    return below
        .replaceAll("\\\\\n\\s*", "")
        .lines()
        .map(line -> line.strip().replaceFirst("^source <\\((.*)\\)$", "$1"))
        .filter(line -> line.startsWith("reverie "))
        .map(line -> line.replaceFirst(" > \\S+$", ""))
        .toList();
  }

  private static List<String> words(String example) {
    Matcher words = WORD.matcher(example.substring("reverie ".length()));
    return words
        .results()
        .map(w -> Stream.of(1, 2, 3).map(w::group).filter(g -> g != null).findFirst().orElseThrow())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpFitsTheTerminal(CommandSpec command) {
    assertThat(help(command, 80).lines())
        .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(80));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "video | Arguments, What to dream, How to dream, Where and at what size, Video, Which inputs, Output, Running, Examples",
        "images | Arguments, What to dream, How to dream, Where and at what size, Which inputs, Output, Running, Examples",
        "zoom | Arguments, What to dream, How to dream, Where and at what size, Video, Output, Running, Examples",
        "sync | Arguments, What to dream, How to dream, Where and at what size, Which inputs, Output, Running, Examples",
        "networks | Arguments, Options, Examples",
      })
  void theSectionsHaveAnOrder(String command, String headings) {
    CommandSpec spec =
        Reverie.commandLine(List.of()).getSubcommands().get(command).getCommandSpec();
    assertThat(help(spec, 80).lines().filter(line -> line.matches("[A-Z][A-Za-z ]+:")))
        .containsExactly(
            Stream.of(headings.split(", ")).map(each -> each + ":").toArray(String[]::new));
  }

  @Test
  void theMostUsedOptionsComeFirst() {
    String help = CommandLineRun.of("video", "--help").out();
    assertThat(help)
        .startsWith("Usage: reverie video [OPTIONS] INPUT... OUTPUT\n")
        .containsSubsequence("--recipe=", "--preset=", "--strength=", "--mask=", "--start=")
        .containsSubsequence("--codec=", "Running:", "--dry-run", "--quiet", "Examples:");
  }

  @Test
  void theDefaultRecipeOfDrawIsShown() {
    assertThat(CommandLineRun.of("draw", "--help").out().replaceAll("\\s+", " "))
        .contains("lists them (default: class-drawing).");
  }

  @Test
  void theMaskIsAnOption() {
    String mask = "../video/src/test/media/clouds.png";
    String spec = CommandLineRun.of("spec", "--mask", mask, "--tile", "768").out();
    assertThat(spec).contains("file: " + mask, "tile: 768");
    assertThat(CommandLineRun.of("spec", "--parameterisation", "fourier").out())
        .contains("parameterisation: fourier");
  }
}
