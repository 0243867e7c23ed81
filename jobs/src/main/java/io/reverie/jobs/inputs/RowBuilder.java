package io.reverie.jobs.inputs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ReferenceSettings;
import io.reverie.jobs.spec.ValueErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the values of one row. Not thread-safe. */
final class RowBuilder {

  private static final String INPUT = "input";

  /** Keys of a row that are not keys of the spec. */
  private static final List<String> OWN = List.of(INPUT, "output", "recipe");

  private static final Set<String> KNOWN =
      Stream.concat(OWN.stream(), ReferenceSettings.keys().stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));

  private final String list;
  private final String where;
  private final String place;
  private final Map<String, String> own = new HashMap<>();
  private final List<Overlay> settings = new ArrayList<>();

  RowBuilder(String list, String where) {
    this.list = list;
    this.where = where;
    this.place = InputRow.place(list, where);
  }

  static InputRow of(String list, String where, JsonNode row) {
    RowBuilder builder = new RowBuilder(list, where);
    if (!(row instanceof ObjectNode fields)) {
      throw builder.wrong("a row must consist of keys and values, such as input: a.png");
    }
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      if (!entry.getValue().isNull()) {
        builder.put(entry.getKey(), entry.getValue());
      }
    }
    return builder.row();
  }

  /**
   * Refuses an unknown key.
   *
   * @throws UserException that names a similar one
   */
  void requireKnown(String key) {
    if (!KNOWN.contains(key)) {
      throw wrong(ValueErrors.unknownKey(key, KNOWN));
    }
  }

  private void put(String key, JsonNode value) {
    requireKnown(key);
    if (!OWN.contains(key)) {
      settings.add(Overlay.of(key, value, place));
    } else if (value.isTextual()) {
      own.put(key, value.asText());
    } else {
      throw wrong("%s must be text".formatted(key));
    }
  }

  /**
   * Takes a value as text.
   *
   * @param text of a key of the spec is YAML, as after {@code --set KEY=}
   */
  void putText(String key, String text) {
    if (OWN.contains(key)) {
      own.put(key, text);
    } else {
      settings.add(Overlay.ofText(key, text, place));
    }
  }

  InputRow row() {
    if (own.getOrDefault(INPUT, "").isBlank()) {
      throw wrong("the input is missing; name a file with the key input");
    }
    return new InputRow(
        list,
        where,
        own.getOrDefault(INPUT, ""),
        text("output"),
        text("recipe"),
        Overlay.ofAll(settings, place));
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(own.get(key)).filter(text -> !text.isBlank());
  }

  UserException wrong(String sentence) {
    return UserException.usage(place + ": " + sentence);
  }
}
