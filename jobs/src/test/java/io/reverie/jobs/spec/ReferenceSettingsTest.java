package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.dream.DreamDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** reference.yaml, dream.yaml and the spec's records say the same. */
class ReferenceSettingsTest {

  @Test
  void everyKeyOfTheFilesIsASettingAndEverySettingHasItsKey() {
    PipelineSpec spec = SpecLoader.load(Optional.empty(), List.of()).spec();
    JsonNode written = new ObjectMapper().valueToTree(spec);
    assertThat(keys(ReferenceSettings.tree(), "")).isEqualTo(keys(written, ""));
  }

  @Test
  void noKeyIsInBothFiles() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    assertThat(keys(yaml.readTree(reference()), ""))
        .doesNotContainAnyElementsOf(keys(yaml.readTree(DreamDefaults.yaml()), ""));
  }

  @Test
  void everyKeyIsExplained() throws IOException {
    for (String file : List.of(reference(), DreamDefaults.yaml())) {
      List<String> lines = file.lines().toList();
      for (int i = 1; i < lines.size(); i++) {
        boolean topKey = lines.get(i).matches("[a-zA-Z]+:.*");
        if (topKey && !lines.get(i).endsWith(":")) {
          assertThat(lines.get(i - 1)).as(lines.get(i)).matches("#.*|[a-zA-Z]+:.*");
        }
      }
    }
  }

  private static String reference() throws IOException {
    try (InputStream in = ReferenceSettingsTest.class.getResourceAsStream("reference.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> keys(JsonNode node, String prefix) {
    Set<String> keys = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      keys.add(prefix + entry.getKey());
      if (entry.getValue().isObject()) {
        keys.addAll(keys(entry.getValue(), prefix + entry.getKey() + "."));
      }
    }
    return keys;
  }
}
