package io.reverie.jobs.images;

import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.CombinedForecast;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The stills of one run, each with its own settings.
 *
 * @param existing addresses of all results that are there
 */
record StillsWork(
    JavaSparkContext spark,
    RunOptions options,
    Set<String> existing,
    RunListener run,
    LiveReport report)
    implements Work<SpecifiedItem> {

  /** Settings that a dry run tries; images with others are taken to cost the same. */
  private static final int MAX_TRIED = 8;

  /**
   * Keeps, plans and dreams stills.
   *
   * @param folder of all results, if they have one in common
   * @return one outcome for each, in their order
   */
  static List<Outcome> run(
      JavaSparkContext spark,
      RunOptions options,
      List<SpecifiedItem> all,
      Optional<Location> folder,
      RunListener run,
      LiveReport report)
      throws IOException {
    List<WorkItem> items = all.stream().map(SpecifiedItem::item).toList();
    report.chooseStills(items);
    Set<String> existing = options.overwrite() ? Set.of() : existing(items, folder);
    List<Outcome> outcomes =
        Work.run(
            new StillsWork(spark, options, existing, run, report),
            all,
            options,
            ItemListener.none());
    report.showKept(items, outcomes);
    return outcomes;
  }

  /** Lists a folder once instead of sending a request for each of many images. */
  private static Set<String> existing(List<WorkItem> all, Optional<Location> folder)
      throws IOException {
    boolean listed =
        all.size() > 1
            && folder.isPresent()
            && all.stream().allMatch(item -> folder.get().holds(item.output()));
    if (listed) {
      try (Stream<FileEntry> files = Storage.of(folder.get()).list(folder.get())) {
        return files.map(file -> file.location().absolute()).collect(Collectors.toSet());
      }
    }
    return all.parallelStream()
        .map(WorkItem::output)
        .filter(StillsWork::isThere)
        .map(Location::absolute)
        .collect(Collectors.toSet());
  }

  private static boolean isThere(Location output) {
    try {
      return Storage.of(output).find(output).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public WorkItem item(SpecifiedItem image) {
    return image.item();
  }

  @Override
  public String id(SpecifiedItem image) {
    return image.resolved().id();
  }

  @Override
  public boolean exists(SpecifiedItem image) {
    return existing.contains(image.item().output().absolute());
  }

  @Override
  public Optional<String> difference(SpecifiedItem image) throws IOException {
    return SettingsDifference.of(image.item().output(), image.resolved());
  }

  @Override
  public List<Outcome> plan(List<SpecifiedItem> missing) {
    return missing.stream().map(each -> Outcome.planned(each.item(), 1, "")).toList();
  }

  @Override
  public void forecast(List<SpecifiedItem> planned) {
    Map<ResolvedSpec, List<WorkItem>> bySettings = new LinkedHashMap<>();
    planned.forEach(
        each ->
            bySettings
                .computeIfAbsent(each.resolved(), settings -> new ArrayList<>())
                .add(each.item()));
    List<ResolvedSpec> settings = List.copyOf(bySettings.keySet());
    int tried = Math.min(MAX_TRIED, settings.size());
    CombinedForecast sum = new CombinedForecast(run, (one, other) -> one.beside(other));
    for (int i = 0; i < tried; i++) {
      int from = i * settings.size() / tried;
      int to = (i + 1) * settings.size() / tried;
      List<WorkItem> items =
          settings.subList(from, to).stream()
              .flatMap(each -> bySettings.getOrDefault(each, List.of()).stream())
              .toList();
      new ImagesForecast(spark, settings.get(from), options).tell(items, sum);
    }
    sum.tell();
  }

  @Override
  public List<Outcome> execute(List<SpecifiedItem> planned) {
    return dream(spark, options, planned, ItemListener.none(), report, run);
  }

  /**
   * Dreams several images.
   *
   * @return one outcome for each, in order
   */
  static List<Outcome> dream(
      JavaSparkContext spark,
      RunOptions options,
      List<SpecifiedItem> images,
      ItemListener listener,
      LiveReport report,
      RunListener run) {
    return new StillTasks(spark, "Dreaming", options, listener, report, run).dream(images);
  }
}
