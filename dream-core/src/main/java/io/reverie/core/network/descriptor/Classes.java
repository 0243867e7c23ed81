package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.text.NearestNames;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of a network.
 *
 * @param layer layer whose channels are the logits, before any softmax or ReLU; several cells are
 *     averaged
 * @param names names by class number, from 0
 */
public record Classes(String layer, List<String> names) {

  private static final int SHOWN = 10;

  public Classes {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new DreamException("a network needs at least one class name");
    }
  }

  /**
   * Finds a class by number or name. Case, spaces, hyphens and underscores of a name do not matter;
   * a prefix or a word of it suffices if it is unique.
   *
   * @throws DreamException if no class or more than one matches
   */
  public int id(String nameOrNumber) {
    String wanted = nameOrNumber.strip();
    if (wanted.matches("[+-]?[0-9]+")) {
      return number(wanted);
    }
    List<Integer> found = named(wanted);
    if (found.isEmpty()) {
      found = ids(wanted, String::equals);
    }
    if (found.isEmpty()) {
      found = ids(wanted, (name, part) -> name.startsWith(part) || isAmongWords(name, part));
    }
    if (found.size() != 1) {
      throw new DreamException(
          found.isEmpty()
              ? "unknown class '%s'; the nearest are %s"
                  .formatted(wanted, NearestNames.of(names, wanted))
              : "class '%s' is ambiguous: %s; use a full name or a number"
                  .formatted(wanted, listed(found)));
    }
    return found.get(0);
  }

  private List<Integer> named(String exactly) {
    return IntStream.range(0, names.size())
        .filter(id -> names.get(id).equals(exactly))
        .boxed()
        .toList();
  }

  /**
   * Returns the classes with other names for the first of them.
   *
   * @param labels at most as many as there are classes
   */
  public Classes labelled(List<String> labels) {
    List<String> all = new ArrayList<>(labels);
    all.addAll(names.subList(labels.size(), names.size()));
    return new Classes(layer, all);
  }

  /** Returns whether the classes have no names but their numbers. */
  public boolean isNumbered() {
    return equals(numbered(layer, names.size()));
  }

  /** Returns numbers as the names of classes. */
  public static Classes numbered(String layer, int count) {
    return new Classes(layer, IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** Returns whether the names are one of the lists that ship with Reverie. */
  public boolean isKnownList() {
    return ClassNames.contains(names);
  }

  /** Returns the numbers of all classes whose names contain a text, compared as in {@link #id}. */
  public List<Integer> matching(String text) {
    return ids(text, String::contains);
  }

  private int number(String digits) {
    BigInteger number = new BigInteger(digits);
    if (number.signum() < 0 || number.compareTo(BigInteger.valueOf(names.size())) >= 0) {
      throw new DreamException(
          "unknown class %s; class numbers are 0 to %d".formatted(digits, names.size() - 1));
    }
    return number.intValue();
  }

  private List<Integer> ids(String text, BiPredicate<String, String> fits) {
    String plain = plain(text);
    return IntStream.range(0, names.size())
        .filter(id -> fits.test(plain(names.get(id)), plain))
        .boxed()
        .toList();
  }

  private static boolean isAmongWords(String name, String part) {
    return (" " + name + " ").contains(" " + part + " ");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }

  private String listed(List<Integer> ids) {
    String some =
        ids.stream()
            .limit(SHOWN)
            .map(id -> "%s (%d)".formatted(names.get(id), id))
            .collect(Collectors.joining(", "));
    return ids.size() > SHOWN ? "%s and %d more".formatted(some, ids.size() - SHOWN) : some;
  }
}
