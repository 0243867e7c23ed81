package io.reverie.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings of a run as a page shows them: without secrets, and with files named as in the notes
 * of results.
 *
 * @param all every setting
 * @param changed the network, and what differs from its defaults
 */
record RunSettings(String id, String network, String weights, ObjectNode all, ObjectNode changed) {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  /**
   * Describes settings.
   *
   * @param page relative to which files are named
   */
  static RunSettings of(String command, ResolvedSpec resolved, Location page) {
    ObjectNode all = spec(command, resolved, page);
    List<Overlay> basis = new ArrayList<>();
    for (String key : List.of("network", "preset")) {
      basis.add(Overlay.of(key, TextNode.valueOf(value(key, resolved)), "the report"));
    }
    ResolvedSpec plain = resolved.with(SpecLoader.load(basis, resolved.descriptor()).spec());
    ObjectNode changed = JsonNodeFactory.instance.objectNode();
    changed.set("network", all.get("network"));
    addDifferences(all, spec(command, plain, page), changed);
    if (!value("preset", resolved).equals("none")) {
      changed.set("preset", all.get("preset"));
    }
    return new RunSettings(
        resolved.id(), all.path("network").asText(), resolved.weightsSha256(), all, changed);
  }

  private static String value(String key, ResolvedSpec resolved) {
    return key.equals("network") ? resolved.spec().network() : resolved.spec().preset();
  }

  private static ObjectNode spec(String command, ResolvedSpec resolved, Location page) {
    return (ObjectNode)
        Provenance.of(
                command,
                resolved,
                SourceInfo.generated(SourceInfo.NOISE),
                page,
                MachineInfo.ofThisMachine("cpu"))
            .json()
            .get("spec");
  }

  private static void addDifferences(ObjectNode own, ObjectNode basis, ObjectNode target) {
    for (Map.Entry<String, JsonNode> entry : own.properties()) {
      JsonNode usual = basis.path(entry.getKey());
      if (entry.getValue().equals(usual)) {
        continue;
      }
      if (entry.getValue() instanceof ObjectNode group && usual instanceof ObjectNode usualGroup) {
        addDifferences(group, usualGroup, target.putObject(entry.getKey()));
      } else {
        target.set(entry.getKey(), entry.getValue());
      }
    }
  }

  boolean isDefault() {
    return changed.size() == 1;
  }

  static String yaml(ObjectNode settings) {
    try {
      return YAML.writeValueAsString(settings).strip();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
