package io.reverie.core.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists names in a sentence. */
public final class Listing {

  private static final int SHOWN = 5;
  private static final int LONGEST = 100;

  private Listing() {}

  /** Returns the first five names, separated by commas, and how many more there are. */
  public static String of(Collection<String> names) {
    String some =
        names.stream().limit(SHOWN).map(Listing::shortened).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? "%s and %s more".formatted(some, names.size() - SHOWN) : some;
  }

  private static String shortened(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
  }
}
