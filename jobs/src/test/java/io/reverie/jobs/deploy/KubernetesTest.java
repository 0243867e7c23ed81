package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests, as far as they can be checked without a cluster. */
class KubernetesTest {

  private static final String IMAGE = "reverie:cpu";

  @Test
  void oneVideoIsAnApplicationOfTheOperators() {
    Map<?, ?> application = one("sparkapplication.yaml", "SparkApplication");
    assertThat(application.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertApplication(at(application, "spec"));
  }

  @Test
  void aScheduledSyncNeverOverlapsItself() {
    Map<?, ?> scheduled = one("scheduled.yaml", "ScheduledSparkApplication");
    assertThat(scheduled.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(at(scheduled, "spec").get("concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(at(scheduled, "spec").get("schedule")).isEqualTo("17 * * * *");
    assertApplication(at(scheduled, "spec", "template"));
  }

  @Test
  void theCronJobNeverOverlapsItselfAndIsNobody() {
    Map<?, ?> spec = at(one("cronjob.yaml", "CronJob"), "spec");
    assertThat(spec.get("concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(at(spec, "jobTemplate", "spec").get("backoffLimit")).isEqualTo(0);
    Map<?, ?> pod = at(spec, "jobTemplate", "spec", "template", "spec");
    assertThat(pod.get("restartPolicy")).isEqualTo("Never");
    assertThat(pod.get("serviceAccountName")).isEqualTo("reverie");
    assertThat(at(pod, "securityContext").get("runAsNonRoot")).isEqualTo(true);
    Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
    assertThat(container.get("image")).isEqualTo(IMAGE);
    assertThat(at(container, "securityContext").get("allowPrivilegeEscalation")).isEqualTo(false);
    List<String> args = strings(container.get("args"));
    int dashes = args.indexOf("--");
    assertThat(args.get(0)).isEqualTo("reverie");
    assertThat(args.subList(dashes, args.size()))
        .containsSequence("--master", "k8s://https://kubernetes.default.svc")
        .contains("spark.kubernetes.container.image=" + IMAGE)
        .doesNotContain("--deploy-mode");
    Deployed.assertUnderstood(args.subList(1, dashes));
  }

  @Test
  void executorsOfTheCronJobAreNobodyToo() {
    Map<?, ?> template =
        documents(String.valueOf(at(one("cronjob.yaml", "ConfigMap"), "data").get("pod.yaml")))
            .get(0);
    Map<?, ?> container = (Map<?, ?>) ((List<?>) at(template, "spec").get("containers")).get(0);
    assertNobody(at(container, "securityContext"));
  }

  @Test
  void driversMayManagePodsAndNothingOfOtherNamespaces() {
    assertThat(documents(Deployed.read("kubernetes/rbac.yaml")))
        .extracting(document -> (Object) document.get("kind"))
        .containsExactly("ServiceAccount", "Role", "RoleBinding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparkapplication.yaml", "scheduled.yaml", "cronjob.yaml", "rbac.yaml"})
  void keysComeFromASecretAndNeverFromTheFile(String file) {
    assertThat(Deployed.read("kubernetes/" + file)).doesNotContain("kind: Secret", "stringData");
  }

  private static void assertApplication(Map<?, ?> spec) {
    assertThat(spec.get("image")).isEqualTo(IMAGE);
    assertThat(spec.get("mode")).isEqualTo("cluster");
    assertThat(spec.get("mainClass")).isEqualTo("io.reverie.jobs.cli.Reverie");
    assertThat(spec.get("mainApplicationFile")).isEqualTo("local:///opt/spark/jars/reverie.jar");
    assertThat(at(spec, "restartPolicy").get("type")).isEqualTo("Never");
    for (String part : List.of("driver", "executor")) {
      assertNobody(at(spec, part, "securityContext"));
      assertThat(at(spec, part).get("serviceAccount")).isEqualTo("reverie");
      assertThat(at(spec, part).get("memoryOverhead")).isNotNull();
    }
    at(spec, "sparkConf").keySet().forEach(key -> SparkKeys.assertKnown((String) key));
    Deployed.assertUnderstood(strings(spec.get("arguments")));
  }

  private static void assertNobody(Map<?, ?> context) {
    assertThat(context.get("runAsNonRoot")).isEqualTo(true);
    assertThat(context.get("runAsUser")).isEqualTo(185);
    assertThat(context.get("allowPrivilegeEscalation")).isEqualTo(false);
    assertThat(at(context, "capabilities").get("drop")).isEqualTo(List.of("ALL"));
  }

  private static Map<?, ?> one(String file, String kind) {
    return documents(Deployed.read("kubernetes/" + file)).stream()
        .filter(document -> kind.equals(document.get("kind")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Map<?, ?>> documents(String text) {
    Iterable<Object> all = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
    return StreamSupport.stream(all.spliterator(), false)
        .<Map<?, ?>>map(document -> (Map<?, ?>) document)
        .toList();
  }

  private static Map<?, ?> at(Map<?, ?> document, String... keys) {
    Map<?, ?> here = document;
    for (String key : keys) {
      here = (Map<?, ?>) here.get(key);
      assertThat(here).as(key).isNotNull();
    }
    return here;
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
