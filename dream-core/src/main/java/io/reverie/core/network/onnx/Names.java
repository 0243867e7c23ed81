package io.reverie.core.network.onnx;

import java.util.HashSet;
import java.util.Set;

/** Chooses a name for each layer. */
final class Names {

  private static final int LONGEST = 200;

  private final Set<String> used = new HashSet<>();

  /** Returns a name of a file without what would confuse a terminal. */
  static String shown(String name) {
    String plain = name.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  /** Returns the first name that is not empty and not used yet, or a numbered one. */
  String unused(String name, String otherwise) {
    String first = shown(name);
    String second = shown(otherwise);
    if (!first.isEmpty() && used.add(first)) {
      return first;
    }
    if (!second.isEmpty() && used.add(second)) {
      return second;
    }
    String stem = second.isEmpty() ? "layer" : second;
    int number = 2;
    while (!used.add(stem + "_" + number)) {
      number++;
    }
    return stem + "_" + number;
  }
}
