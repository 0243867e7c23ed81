package io.reverie.jobs.cli;

import io.reverie.jobs.spec.Recipe;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "recipes",
    description = "List the recipes, or print one in the format of a --config FILE.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  reverie recipes", "  reverie recipes engraving > mine.yaml"})
final class RecipesCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Recipe to print.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    name.map(Recipe::of).ifPresentOrElse(recipe -> out.print(recipe.yaml()), () -> list(out));
    out.flush();
    return Reverie.DONE;
  }

  private static void list(PrintWriter out) {
    int width = Recipe.names().stream().mapToInt(String::length).max().orElse(0);
    for (String each : Recipe.names()) {
      out.printf("%-" + width + "s  %s%n", each, Recipe.of(each).title());
    }
    out.println();
    out.println("Use one with --recipe NAME; `reverie recipes NAME` shows an example.");
  }
}
