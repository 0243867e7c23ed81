package io.reverie.jobs.listing;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts the files of a listing that are not inputs, by extension. */
public final class SkippedKinds implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern EXTENSION = Pattern.compile("[^/]+(\\.[A-Za-z0-9]{1,8})");
  private static final String NO_EXTENSION = "without extension";
  private static final String OTHERS = "of other kinds";
  private static final int MAX_COUNTED = 1000;
  private static final int MAX_NAMED = 40;

  private final TreeMap<String, Long> counts = new TreeMap<>();

  /** Counts a file, given its name without its folder. */
  public void add(String name) {
    Matcher parts = EXTENSION.matcher(name);
    String kind = parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : NO_EXTENSION;
    boolean counted = counts.containsKey(kind) || counts.size() < MAX_COUNTED;
    counts.merge(counted ? kind : OTHERS, 1L, Long::sum);
  }

  /** Adds the counts of another part of the listing. */
  public void addAll(SkippedKinds other) {
    other.counts.forEach(
        (kind, count) -> {
          boolean counted = counts.containsKey(kind) || counts.size() < MAX_COUNTED;
          counts.merge(counted ? kind : OTHERS, count, Long::sum);
        });
  }

  /** The number of files for each extension. */
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /** Summarizes the counts for people; empty if there are none. */
  public Optional<String> sentence() {
    return sentence(counts);
  }

  /** Summarizes counts of the form that {@link #counts} returns. */
  public static Optional<String> sentence(Map<String, Long> counts) {
    long all = sum(counts.values().stream().toList());
    if (all == 0) {
      return Optional.empty();
    }
    List<Map.Entry<String, Long>> byCount =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    String list =
        byCount.stream()
            .limit(MAX_NAMED)
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    long remaining = sum(byCount.stream().skip(MAX_NAMED).map(Map.Entry::getValue).toList());
    return Optional.of(
        "%d %s skipped: %s%s"
            .formatted(
                all,
                all == 1 ? "file of another kind" : "files of other kinds",
                list,
                remaining == 0 ? "" : ", %d others".formatted(remaining)));
  }

  private static long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }
}
