package io.reverie.jobs.inputs;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Turns rows into items, each with its output and settings.
 *
 * @param folder of the results, if the user named one
 * @param absolute makes a path independent of the working directory
 */
public record ListedItems(
    ResultKind kind, Optional<Location> folder, UnaryOperator<String> absolute) {

  /** The settings of rows; rows with equal ones share an entry. */
  public record Loaded(List<InputRow> rows, Map<InputRow.Settings, SpecLoader.Loaded> settings) {

    /**
     * Merges the settings of each row.
     *
     * @throws UserException that names the first wrong row
     */
    public static Loaded of(List<InputRow> rows, Function<InputRow, SpecLoader.Loaded> load) {
      Map<InputRow.Settings, SpecLoader.Loaded> settings = new LinkedHashMap<>();
      for (InputRow row : rows) {
        if (!settings.containsKey(row.own())) {
          settings.put(row.own(), row.during(() -> load.apply(row)));
        }
      }
      return new Loaded(List.copyOf(rows), settings);
    }
  }

  /**
   * Resolves the rows.
   *
   * @param resolve finds the weights and files of settings
   * @return one item for each row, in order
   * @throws UserException that names the first wrong row
   */
  public List<SpecifiedItem> of(Loaded loaded, Function<SpecLoader.Loaded, ResolvedSpec> resolve) {
    Map<InputRow.Settings, ResolvedSpec> resolved = new HashMap<>();
    Map<String, InputRow> outputs = new HashMap<>();
    List<SpecifiedItem> items = new ArrayList<>();
    for (InputRow row : loaded.rows()) {
      WorkItem item = row.during(() -> item(row));
      InputRow first = outputs.putIfAbsent(item.output().absolute(), row);
      if (first != null) {
        throw UserException.usage(
            "%s and %s would both be written to %s; give one of them another output"
                .formatted(first.place(), row.where(), item.output()));
      }
      SpecLoader.Loaded settings = Objects.requireNonNull(loaded.settings().get(row.own()));
      row.during(
          () -> {
            kind.require(item, settings.spec());
            return item;
          });
      if (!resolved.containsKey(row.own())) {
        resolved.put(row.own(), row.during(() -> checked(resolve.apply(settings))));
      }
      items.add(new SpecifiedItem(item, Objects.requireNonNull(resolved.get(row.own()))));
    }
    return items;
  }

  private static ResolvedSpec checked(ResolvedSpec resolved) {
    Dreamers.requireLayers(resolved);
    return resolved;
  }

  private WorkItem item(InputRow row) {
    if (row.input().endsWith("/")) {
      throw UserException.usage(
          "the input %s is a folder; a row names one file".formatted(row.input()));
    }
    String input = absolute.apply(row.input());
    // Refuses an address with secrets.
    Location.of(input);
    if (row.output().isEmpty()) {
      return WorkItem.below(
          folder.orElseThrow(
              () ->
                  UserException.usage(
                      "it has no output; add one, or name an output folder on the command line")),
          kind.nameOf(input),
          input);
    }
    String output = row.output().get();
    boolean named = output.endsWith("/");
    String path = named ? output.replaceFirst("/+$", "") : output;
    boolean below = folder.isPresent() && isRelative(path);
    String name = named ? path + "/" + kind.nameOf(input) : path;
    return below
        ? WorkItem.below(folder.orElseThrow(), name, input)
        : new WorkItem(input, Location.of(absolute.apply(name)));
  }

  private static boolean isRelative(String path) {
    Location location = Location.of(path);
    return location.isLocal() && !location.path().isAbsolute();
  }
}
