package io.reverie.jobs.cli;

import io.reverie.core.Image;
import io.reverie.core.network.Classifier;
import io.reverie.core.network.Classifier.Guess;
import io.reverie.jobs.cli.option.KeyOptions;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.header.StillKind;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "classify",
    description = "Classify images; print each probability, class and image.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie classify cat.jpg",
      "  reverie classify --network squeezenet1_0 --top 3 cat.jpg dog.png"
    })
final class ClassifyCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Files of " + StillKind.READABLE + ".")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Number of classes per image (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int top;

  @Override
  public Integer call() {
    if (top < 1) {
      throw UserException.usage("--top must be at least 1, not %d".formatted(top));
    }
    Classifier classifier = classifier();
    PrintWriter out = command.commandLine().getOut();
    int failed = 0;
    for (String image : images) {
      try {
        classifier.classify(read(image), top).forEach(guess -> print(guess, image, out));
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        failed++;
        printError(image, e);
      }
    }
    out.flush();
    return failed == 0
        ? Reverie.DONE
        : failed < images.size() ? Reverie.SOME_FAILED : Reverie.ENVIRONMENT;
  }

  private Classifier classifier() {
    SpecLoader.Loaded loaded = SpecLoader.load(Setting.overlays(KeyOptions.settings(command)));
    ResolvedSpec resolved = new WeightsStore(CacheFolder.path()).resolve(loaded);
    JobRun.printAssumptions(resolved, Console.of(command.commandLine()));
    if (resolved.lacksClassifier()) {
      throw UserException.environment(
          "the weights %s have no classifier, so they cannot classify; name weights with one"
              .formatted(resolved.weights()));
    }
    return new Classifier(LoadedNetworks.of(resolved, "cpu"), resolved.network());
  }

  private static Image read(String image) throws IOException {
    return FrameImages.image(Stills.shown(StoredMedia.of(Location.of(image))));
  }

  private static void print(Guess guess, String image, PrintWriter out) {
    out.printf("%.2f  %s  %s%n", guess.probability(), guess.name(), image);
  }

  private void printError(String image, Throwable e) {
    String sentence = Failure.sentence(e).orElseThrow(() -> new IllegalStateException(e));
    String named = sentence.contains(image) ? sentence : image + ": " + sentence;
    Console.of(command.commandLine()).error(named);
  }
}
