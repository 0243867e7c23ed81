package io.reverie.jobs.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.network.descriptor.Classes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The classes that settings dream, so that a note says what a number or part of a name meant. */
final class DreamedClasses {

  private DreamedClasses() {}

  /** Adds the classes of a spec, each with its number and name; adds nothing if there are none. */
  static void add(ObjectNode network, JsonNode spec, Classes classes) {
    Map<Integer, String> names = new TreeMap<>();
    for (JsonNode setting : spec.findValues("class")) {
      for (String wanted : wanted(setting)) {
        int number = classes.id(wanted);
        names.put(number, classes.names().get(number));
      }
    }
    if (!names.isEmpty()) {
      ObjectNode node = network.putObject("classes");
      names.forEach((number, name) -> node.put(String.valueOf(number), name));
    }
  }

  private static Collection<String> wanted(JsonNode setting) {
    return setting.isObject()
        ? setting.properties().stream().map(Map.Entry::getKey).toList()
        : setting.isTextual() ? List.of(setting.textValue()) : List.of();
  }
}
