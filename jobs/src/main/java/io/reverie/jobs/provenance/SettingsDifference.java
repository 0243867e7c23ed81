package io.reverie.jobs.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Describes how the settings of an existing result differ from those of this run. */
public final class SettingsDifference {

  /** Differences that a sentence names; a preset may change many more. */
  private static final int MOST = 5;

  private SettingsDifference() {}

  /**
   * Returns the difference as a phrase, such as {@code strength 1, now 0.5}; empty if there is none
   * or the result does not record how it was made.
   */
  public static Optional<String> of(Location output, ResolvedSpec now) throws IOException {
    Provenance made;
    try {
      made = Sidecar.read(output);
    } catch (UserException e) {
      return Optional.empty();
    }
    return made.id().equals(now.id()) ? Optional.empty() : Optional.of(phrase(made, now, output));
  }

  private static String phrase(Provenance made, ResolvedSpec now, Location output) {
    Provenance wanted =
        Provenance.of(made.command(), now, made.source(), output, MachineInfo.ofThisMachine("cpu"));
    List<String> changed =
        changes(made.spec(), (ObjectNode) wanted.json().path("spec"), key -> true);
    if (changed.isEmpty()) {
      return made.network().equals(wanted.network())
          ? "files of other content, or another version of Reverie"
          : "other weights";
    }
    return phrase(changed);
  }

  /**
   * Returns a phrase for each setting that differs.
   *
   * @param counts whether a key is compared
   */
  public static List<String> changes(
      ObjectNode madeWith, ObjectNode wanted, Predicate<String> counts) {
    Map<String, JsonNode> before = leaves(madeWith);
    Map<String, JsonNode> after = leaves(wanted);
    before.keySet().removeIf(counts.negate());
    after.keySet().removeIf(counts.negate());
    List<String> changed = new ArrayList<>();
    after.forEach(
        (key, value) -> {
          JsonNode old = before.get(key);
          if (old == null || !isSame(old, value)) {
            changed.add(
                "%s %s, now %s".formatted(key, old == null ? "unset" : text(old), text(value)));
          }
        });
    before.forEach(
        (key, value) -> {
          if (!after.containsKey(key)) {
            changed.add(key + " " + text(value) + ", now unset");
          }
        });
    return changed;
  }

  /** Joins the first few of the differences. */
  public static String phrase(List<String> changed) {
    return changed.size() <= MOST
        ? String.join("; ", changed)
        : "%s; and %d more"
            .formatted(String.join("; ", changed.subList(0, MOST)), changed.size() - MOST);
  }

  /** A parsed number has another type than a computed one. */
  private static boolean isSame(JsonNode old, JsonNode value) {
    return (old.isNumber() && value.isNumber())
        ? old.decimalValue().compareTo(value.decimalValue()) == 0
        : old.toString().equals(value.toString());
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }

  /** The values of a tree by their dotted keys; a list counts as one value. */
  private static Map<String, JsonNode> leaves(ObjectNode tree) {
    Map<String, JsonNode> leaves = new TreeMap<>();
    collect("", tree, leaves);
    // When and how often sync retries changes no pixel.
    leaves.keySet().removeIf(key -> key.startsWith("sync."));
    return leaves;
  }

  private static void collect(String prefix, ObjectNode node, Map<String, JsonNode> leaves) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (entry.getValue() instanceof ObjectNode inner) {
        collect(prefix + entry.getKey() + ".", inner, leaves);
      } else {
        leaves.put(prefix + entry.getKey(), entry.getValue());
      }
    }
  }
}
