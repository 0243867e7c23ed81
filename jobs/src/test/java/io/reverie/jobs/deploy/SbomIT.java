package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials in {@code dist}, against what is there. */
class SbomIT {

  private static final Path DIST = Path.of("target/dist");

  private static Set<String> jars() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder : new String[] {"jars", "spark"}) {
      try (Stream<Path> files = Files.list(DIST.resolve(folder))) {
        files.map(file -> file.getFileName().toString()).forEach(names::add);
      }
    }
    return names;
  }

  private static String jar(JsonNode component) {
    String classifier =
        component
            .path("purl")
            .asText()
            .replaceFirst("^[^?]*\\??", "")
            .lines()
            .flatMap(query -> Stream.of(query.split("&", -1)))
            .filter(pair -> pair.startsWith("classifier="))
            .map(pair -> "-" + pair.substring("classifier=".length()))
            .collect(Collectors.joining());
    return "%s-%s%s.jar"
        .formatted(component.path("name").asText(), component.path("version").asText(), classifier);
  }

  @Test
  void itNamesEveryJarWithItsHash() throws IOException {
    JsonNode sbom = new ObjectMapper().readTree(DIST.resolve("sbom.cdx.json").toFile());
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    Set<String> named = new TreeSet<>();
    for (JsonNode component : sbom.path("components")) {
      named.add(jar(component));
      assertThat(component.path("hashes")).describedAs(jar(component)).isNotEmpty();
    }
    assertThat(named).containsAll(jars());
  }

  @Test
  void itIsTheSameForEveryBuildOfTheSame() throws IOException {
    JsonNode sbom = new ObjectMapper().readTree(DIST.resolve("sbom.cdx.json").toFile());
    assertThat(sbom.has("serialNumber")).isFalse();
    assertThat(sbom.path("metadata").path("timestamp").asText("2026-01-01T00:00:00Z"))
        .isEqualTo("2026-01-01T00:00:00Z");
  }
}
