package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.NearestNames;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network tells apart.
 *
 * @param layer whose channels are the classes' logits, before any softmax or ReLU; where it has
 *     several cells, their mean is the logit
 * @param names of the classes by their number, from 0
 */
public record Classes(String layer, List<String> names) {

  private static final int SHOWN = 10;

  public Classes {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new DreamException("a network's classes cannot be none");
    }
  }

  /**
   * The class that a user means: by its number, or by its name, whose case, spaces, hyphens and
   * underscores do not matter. The beginning of a name or a word of it is enough if no other class
   * has it.
   *
   * @throws DreamException if there is no such class, or more than one
   */
  public int id(String nameOrNumber) {
    String wanted = nameOrNumber.strip();
    if (wanted.matches("[0-9]+")) {
      return number(wanted);
    }
    if (names.contains(wanted)) {
      return names.indexOf(wanted);
    }
    List<Integer> found = ids(wanted, String::equals);
    if (found.isEmpty()) {
      found = ids(wanted, (name, part) -> name.startsWith(part) || isAmongWords(name, part));
    }
    if (found.size() != 1) {
      throw new DreamException(
          found.isEmpty()
              ? "no class is called '%s'; the nearest are %s"
                  .formatted(wanted, NearestNames.of(names, wanted))
              : "'%s' can be %s; name one, or give its number".formatted(wanted, listed(found)));
    }
    return found.get(0);
  }

  /** The numbers of all classes whose names contain a text, alike as in {@link #id}. */
  public List<Integer> matching(String text) {
    return ids(text, String::contains);
  }

  private int number(String digits) {
    if (digits.length() > 9 || Integer.parseInt(digits) >= names.size()) {
      throw new DreamException(
          "there is no class %s; they are numbered 0 to %d".formatted(digits, names.size() - 1));
    }
    return Integer.parseInt(digits);
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
