package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The DAG, read by Python without Airflow. */
class AirflowTest {

  /** Prints the literal arguments of each call in the file, by the name of what is called. */
  private static final String CALLS =
      """
      import ast, json, sys
      calls = {}
      for node in ast.walk(ast.parse(open(sys.argv[1]).read())):
          if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
              for word in node.keywords:
                  try:
                      value = ast.literal_eval(word.value)
                  except ValueError:
                      value = ast.unparse(word.value)
                  calls.setdefault(node.func.id, {})[word.arg] = value
      print(json.dumps(calls))
      """;

  @Test
  void runsDoNotOverlapAndSubmitOurSync() throws Exception {
    assumeTrue(Program.isInstalled("python3"));
    String file = Deployed.FOLDER.resolve("airflow/reverie_sync.py").toString();
    Program read = Program.run("python3", "-c", CALLS, file);
    assertThat(read.err()).isEmpty();
    JsonNode calls = new ObjectMapper().readTree(read.out());
    assertThat(calls.at("/DAG/max_active_runs").asInt()).isEqualTo(1);
    assertThat(calls.at("/DAG/catchup").asBoolean(true)).isFalse();
    JsonNode submit = calls.get("SparkSubmitOperator");
    assertThat(submit.get("java_class").asText()).isEqualTo("io.reverie.jobs.cli.Reverie");
    assertThat(submit.get("application").asText())
        .contains("/jars/reverie.jar")
        .doesNotContain("local:");
    submit.get("conf").fieldNames().forEachRemaining(SparkKeys::assertKnown);
    List<String> words = new ArrayList<>();
    submit.get("application_args").forEach(word -> words.add(word.asText()));
    Deployed.assertUnderstood(words);
  }
}
