package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules; OperationIT checks the names of their metrics. */
class MonitoringTest {

  @Test
  void theDashboardCanBeImported() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(Deployed.read("monitoring/dashboard.json"));
    assertThat(dashboard.path("title").asText()).isEqualTo("Reverie");
    List<JsonNode> panels = List.copyOf(dashboard.findParents("gridPos"));
    assertThat(panels).hasSizeGreaterThan(10);
    assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
    assertThat(panels)
        .allSatisfy(panel -> assertThat(panel.path("targets").findValues("expr")).isNotEmpty());
  }

  private static List<Manifest> rules() {
    return Manifest.parse(Deployed.read("monitoring/alerts.yaml"))
        .get(0)
        .list("groups")
        .get(0)
        .list("rules");
  }

  @Test
  void everyAlertTellsWhatToLookAt() {
    List<Manifest> rules = rules();
    assertThat(rules)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            rule -> {
              assertThat(rule.at("annotations").get("description").toString()).isNotBlank();
              assertThat(rule.at("labels").get("severity")).isIn("info", "warning", "critical");
            });
    String guide = Deployed.read("../docs/operating.md");
    assertThat(rules).allSatisfy(rule -> assertThat(guide).contains("`" + rule.get("alert") + "`"));
  }

  /** Spark labels metrics with their type, and Prometheus matches equal labels only. */
  @Test
  void gaugesAreMatchedWithCountersInSpiteOfTheirTypes() {
    List<String> mixed =
        rules().stream()
            .map(rule -> rule.get("expr").toString())
            .filter(expression -> expression.contains("_Count"))
            .filter(expression -> expression.contains("_Value"))
            .toList();
    assertThat(mixed)
        .isNotEmpty()
        .allSatisfy(
            expression ->
                assertThat(expression)
                    .contains("and ignoring(type)")
                    .doesNotContainPattern("\\b(and|or|unless)\\b (?!ignoring\\(type\\))"));
  }
}
