package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.DrawJob;
import io.reverie.jobs.images.DrawJob.Drawing;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "draw",
    description = "Draw what a network takes for a class, out of noise.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --recipe it is the recipe class-drawing. The class stands in the place of every class",
      "of the settings. Examples:",
      "  reverie draw rose rose.png",
      "  reverie draw --network squeezenet1_0 goldfish peacock volcano drawings/",
      "  reverie draw --recipe deepdraw goldfish goldfish.png"
    })
final class DrawCommand implements Callable<Integer> {

  private static final String USUAL = "class-drawing";

  private final List<String> sparkWords;

  @Spec private CommandSpec command;
  @Mixin private SpecOptions spec;
  @Mixin private RunningOptions running;

  @Parameters(
      arity = "2..*",
      paramLabel = "CLASS... OUTPUT",
      hideParamSyntax = true,
      description =
          "Names or numbers of `reverie networks NAME --classes`; then a file for one, else a folder.")
  private List<String> words = new ArrayList<>();

  DrawCommand(List<String> sparkWords) {
    this.sparkWords = sparkWords;
  }

  @Override
  public Integer call() {
    if (spec.sayWhatGrows()) {
      throw UserException.usage(
          "draw grows the classes that it is given as words; leave --class, --layer, --channels and --guide out, or set layers in a --config");
    }
    SpecLoader.Loaded loaded = spec.load(List.of(), Optional.of(USUAL));
    List<String> classes = words.subList(0, words.size() - 1);
    return new JobRun("draw", sparkWords)
        .run(
            loaded,
            List.of(SourceInfo.NOISE, words.get(words.size() - 1)),
            running,
            command.commandLine(),
            (spark, recipe, options, noise, output) ->
                new DrawJob(spark, options).run(drawings(recipe, classes, output)));
  }

  private static List<Drawing> drawings(ResolvedSpec recipe, List<String> classes, String output) {
    Location target = Location.of(output);
    boolean folder = isFolder(target);
    boolean file = !folder && Stills.supports(target.name());
    if (file && classes.size() > 1) {
      throw UserException.usage(
          "%s is one file, and %d classes are drawn; name a folder"
              .formatted(output, classes.size()));
    }
    if (!file && !folder && classes.size() == 1) {
      throw UserException.usage(
          "%s: a picture is written as .png, .jpg, .webp or .tif".formatted(output));
    }
    List<Drawing> drawings = new ArrayList<>();
    for (String name : classes) {
      drawings.add(
          new Drawing(
              recipe.with(recipe.spec().drawing(name)),
              file ? target : target.resolve(fileName(name))));
    }
    return drawings;
  }

  private static boolean isFolder(Location target) {
    try {
      return Storage.namesFolder(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(String name) {
    return name.strip().replaceAll("[\\\\/:*?\"<>|\\s]+", "-") + ".png";
  }
}
