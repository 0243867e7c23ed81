package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.ExecutionOptions;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.preview.Axis;
import io.reverie.jobs.preview.PreviewJob;
import io.reverie.jobs.preview.PreviewReport;
import io.reverie.jobs.preview.PreviewReport.LookReport;
import io.reverie.jobs.preview.PreviewRequest;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "preview",
    description = "Preview a picture or a video in many looks on one HTML page.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --presets, --recipes, --layers, --vary or several networks, the page",
      "shows twelve looks that need no download.",
      "",
      "Examples:",
      "  reverie preview photo.jpg",
      "  reverie preview --presets all --layers all clip.mp4 looks.html",
      "  reverie preview --vary step=1,2,4 --vary octaves.count=3,5 photo.jpg",
      "  reverie preview --motion --frames 1 --presets eyes,petals clip.mp4 moving.html"
    })
final class PreviewCommand extends SparkCommand {

  private static final Pattern SIDE = Pattern.compile("(\\d{2,4})x?");
  private static final int SMALLEST = 64;
  private static final int LARGEST = 2048;
  private static final int MAX_FRAMES = 24;

  @Mixin private SpecOptions spec;
  @Mixin private ExecutionOptions execution;

  @Option(names = "--overwrite", description = "Replace an existing page.")
  private boolean overwrite;

  @Parameters(index = "0", paramLabel = "INPUT", description = "A picture or a video.")
  private String input = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "OUT.html",
      description = "The page (default: INPUT-preview.html in the current folder).")
  private String output = "";

  @Option(
      names = "--network",
      paramLabel = "NAME",
      split = ",",
      description = "Networks to show, comma-separated (default: the one in the settings).")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--presets",
      paramLabel = "NAMES",
      split = ",",
      description = "Presets of each network to show, comma-separated, or all (default: none).")
  private List<String> presets = new ArrayList<>();

  @Option(
      names = "--recipes",
      paramLabel = "NAMES",
      split = ",",
      description = "Recipes to show, comma-separated, or all (default: none).")
  private List<String> recipes = new ArrayList<>();

  @Option(
      names = "--layers",
      paramLabel = "NAMES",
      split = ",",
      description =
          "Layers of each network to show, comma-separated, or all for the recommended ones (default: none).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--vary",
      paramLabel = "KEY=V1,V2",
      description =
          "Values of a key to compare; give it twice for all combinations of two keys (default: none).")
  private List<String> axes = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Longest side of each picture in pixels (default: ${DEFAULT-VALUE}).",
      defaultValue = "480")
  private String size = "";

  @Option(
      names = "--frames",
      paramLabel = "N",
      description =
          "For a video, frames to show: one from each of the longest shots (default: ${DEFAULT-VALUE}).",
      defaultValue = "3")
  private int frames;

  @Option(
      names = "--motion",
      description = "For a video, add a preview clip of one second for each look.")
  private boolean motion;

  @Override
  public Integer call() {
    PreviewRequest request = request();
    RunOptions run = execution.toRunOptions(overwrite);
    Console console = console(execution.json(), run.quiet());
    return job()
        .start(
            run.device(),
            spark -> {
              PreviewReport report =
                  previews(spark, run, console).run(located(request, spark), console::notice);
              print(report, console);
              return code(report);
            });
  }

  private PreviewJob previews(JavaSparkContext spark, RunOptions run, Console console) {
    WeightsStore store = new WeightsStore(CacheFolder.path());
    return new PreviewJob(
        spark,
        run,
        loaded -> !store.isDownload(loaded.spec(), loaded.network()),
        JobRun.resolver(spark, run.device(), console));
  }

  private PreviewRequest request() {
    List<Setting> base = spec.settings();
    refuseBoth("--preset", presets);
    refuseBoth("--recipe", recipes);
    refuseBoth("--layer", layers);
    if (axes.size() > 2) {
      throw UserException.usage("--vary can be given twice at most; a page has two dimensions");
    }
    if (networks.size() > 1 && command().findOption("--weights").getValue() != null) {
      throw UserException.usage("--weights belongs to one network; name one with --network");
    }
    if (frames < 1 || frames > MAX_FRAMES) {
      throw UserException.usage(
          "--frames must be from 1 to %d, not %d".formatted(MAX_FRAMES, frames));
    }
    return new PreviewRequest(
        input,
        output,
        base,
        networks,
        presets,
        recipes,
        layers,
        axes.stream().map(Axis::of).toList(),
        side(),
        frames,
        motion);
  }

  private void refuseBoth(String one, List<String> several) {
    boolean given = command().commandLine().getParseResult().hasMatchedOption(one);
    if (given && !several.isEmpty()) {
      throw UserException.usage("give either %s or %ss, not both".formatted(one, one));
    }
  }

  private int side() {
    Matcher form = SIDE.matcher(size);
    int side = form.matches() ? Integer.parseInt(form.group(1)) : 0;
    if (side < SMALLEST || side > LARGEST) {
      throw UserException.usage(
          "invalid --size '%s'; expected the longest side in pixels, from %d to %d, such as 480"
              .formatted(size, SMALLEST, LARGEST));
    }
    return side;
  }

  /** Executors have other working directories. */
  private static PreviewRequest located(PreviewRequest request, JavaSparkContext spark) {
    return request.at(JobRun.absolute(spark, request.input()));
  }

  private static void print(PreviewReport report, Console console) {
    for (LookReport look : report.looks()) {
      if (look.status() == Status.FAILED) {
        console.error(look.name() + ": " + look.message());
      } else if (look.status() == Status.PLANNED) {
        console.results().printf("%s: %s%n", look.name(), look.command());
      }
    }
    if (report.status() == Status.KEPT) {
      console
          .remarks()
          .printf("%s already exists and was kept; --overwrite replaces it%n", report.page());
    } else if (report.status() == Status.DREAMED) {
      console.results().println(report.page());
    }
    console.end(report);
  }

  private static int code(PreviewReport report) {
    if (report.looks().stream().anyMatch(LookReport::bug)) {
      return Reverie.BUG;
    }
    if (report.status() == Status.FAILED) {
      return Reverie.ENVIRONMENT;
    }
    boolean failed = report.looks().stream().anyMatch(look -> look.status() == Status.FAILED);
    return failed ? Reverie.SOME_FAILED : Reverie.DONE;
  }
}
