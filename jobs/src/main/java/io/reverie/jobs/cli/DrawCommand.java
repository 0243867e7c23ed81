package io.reverie.jobs.cli;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.DrawJob;
import io.reverie.jobs.images.DrawJob.Drawing;
import io.reverie.jobs.images.ImageListing;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "draw",
    description = "Synthesize an image of a class from noise.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "CLASS replaces every class in the settings.",
      "",
      "Examples:",
      "  reverie draw rose rose.png",
      "  reverie draw --network squeezenet1_0 goldfish peacock volcano drawings/",
      "  reverie draw --recipe deepdraw goldfish goldfish.png"
    })
final class DrawCommand extends DreamCommand {

  static final String DEFAULT_RECIPE = "class-drawing";

  @Parameters(
      arity = "2..*",
      paramLabel = "CLASS... OUTPUT",
      hideParamSyntax = true,
      description =
          "Names or numbers from `reverie networks NAME --classes`; then a file, or a folder for"
              + " several classes.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    if (spec().setsLayers()) {
      throw UserException.usage(
          "draw takes its classes as arguments; omit --class, --layer, --channels and --guide, or set layers in a --config file");
    }
    SpecLoader.Loaded loaded = spec().load(List.of(), Optional.of(DEFAULT_RECIPE));
    int last = arguments.size() - 1;
    List<String> classes = arguments.subList(0, last);
    return run(
        loaded,
        List.of(SourceInfo.NOISE, arguments.get(last)),
        (spark, resolved, options, noise, output, run) ->
            new DrawJob(spark, options, run).run(drawings(resolved, classes, output)));
  }

  private static List<Drawing> drawings(
      ResolvedSpec resolved, List<String> classes, String output) {
    Location target = Location.of(output);
    boolean folder = isFolder(target, classes.size() == 1);
    List<Drawing> drawings = new ArrayList<>();
    for (String name : classes) {
      drawings.add(
          new Drawing(
              resolved.with(resolved.spec().withClass(name)),
              folder ? target.resolve(fileName(name)) : target));
    }
    return drawings;
  }

  private static boolean isFolder(Location target, boolean one) {
    try {
      return ImageListing.isFolder(target, one);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(String name) {
    return name.strip().replaceAll("[\\\\/:*?\"<>|\\s]+", "-") + ".png";
  }
}
