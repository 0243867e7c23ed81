package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "spec",
    description = "Print the merged settings as YAML, with their id.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie spec",
      "  reverie spec --preset creatures --octaves 5 > mine.yaml"
    })
final class SpecCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;

  @Override
  public Integer call() {
    SpecLoader.Loaded loaded = spec.load();
    // Must not download anything.
    String id =
        new WeightsStore(CacheFolder.path())
            .resolveHere(loaded.spec(), loaded.network())
            .map(ResolvedSpec::id)
            .orElse("known once the weights are downloaded");
    command.commandLine().getOut().printf("# id %s%n", id);
    command.commandLine().getOut().print(SpecLoader.toYaml(loaded.spec()));
    command.commandLine().getOut().flush();
    return Reverie.DONE;
  }
}
