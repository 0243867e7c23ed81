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
    description = "List the recipes that Reverie brings, or print one as a --config FILE.",
    mixinStandardHelpOptions = true)
final class RecipesCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Print the settings of this one.")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    name.map(Recipe::of).ifPresentOrElse(recipe -> out.print(recipe.yaml()), () -> list(out));
    out.flush();
    return Reverie.DONE;
  }

  private static void list(PrintWriter out) {
    for (String each : Recipe.names()) {
      out.printf("%-14s %s%n", each, Recipe.of(each).title());
    }
    out.println();
    out.println("Use one with --recipe NAME; its own example stands in `reverie recipes NAME`.");
  }
}
