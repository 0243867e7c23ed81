package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, as far as they can be checked without a cluster. */
class KubernetesTest {

  private static final String IMAGE = "reverie:cpu";

  @Test
  void oneVideoIsAnApplicationOfTheOperators() {
    Manifest application = Manifest.one("sparkapplication.yaml", "SparkApplication");
    assertThat(application.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertApplication(application.at("spec"));
  }

  @Test
  void oneVideoIsAnApplicationOfApachesOperatorToo() {
    Manifest application = Manifest.one("apache.yaml", "SparkApplication");
    assertThat(application.get("apiVersion")).isEqualTo("spark.apache.org/v1");
    Manifest spec = application.at("spec");
    assertThat(spec.get("mainClass")).isEqualTo("io.reverie.jobs.cli.Reverie");
    assertThat(spec.get("jars")).isEqualTo("local:///opt/spark/jars/reverie.jar");
    assertThat(spec.at("applicationTolerations", "restartConfig").get("restartPolicy"))
        .isEqualTo("Never");
    Manifest conf = spec.at("sparkConf");
    assertConf(conf);
    assertThat(conf.get("spark.kubernetes.container.image")).isEqualTo(IMAGE);
    Deployed.assertUnderstood(spec.strings("driverArgs"));
  }

  @Test
  void aScheduledSyncNeverOverlapsItself() {
    Manifest scheduled = Manifest.one("scheduled.yaml", "ScheduledSparkApplication");
    assertThat(scheduled.get("apiVersion")).isEqualTo("sparkoperator.k8s.io/v1beta2");
    assertThat(scheduled.at("spec").get("concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(scheduled.at("spec").get("schedule")).isEqualTo("17 * * * *");
    assertApplication(scheduled.at("spec", "template"));
  }

  @Test
  void theCronJobNeverOverlapsItself() {
    Manifest spec = Manifest.one("cronjob.yaml", "CronJob").at("spec");
    assertThat(spec.get("concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(spec.at("jobTemplate", "spec").get("backoffLimit")).isEqualTo(0);
    Manifest pod = spec.at("jobTemplate", "spec", "template", "spec");
    assertThat(pod.get("restartPolicy")).isEqualTo("Never");
    Manifest container = pod.list("containers").get(0);
    assertThat(container.get("image")).isEqualTo(IMAGE);
    List<String> args = container.strings("args");
    int dashes = args.indexOf("--");
    assertThat(args.get(0)).isEqualTo("reverie");
    List<String> sparks = args.subList(dashes + 1, args.size());
    assertThat(sparks)
        .containsSequence("--master", "k8s://https://kubernetes.default.svc")
        .contains(
            "spark.kubernetes.container.image=" + IMAGE,
            "spark.kubernetes.authenticate.executor.serviceAccountName=reverie-executor",
            "spark.kubernetes.executor.podTemplateFile=/etc/reverie/pod.yaml")
        .doesNotContain("--deploy-mode");
    sparks.stream()
        .filter(word -> word.contains("="))
        .forEach(word -> SparkKeys.assertKnown(word.substring(0, word.indexOf('='))));
    Deployed.assertUnderstood(args.subList(1, dashes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparkapplication.yaml",
        "scheduled.yaml",
        "apache.yaml",
        "cronjob.yaml",
        "rbac.yaml",
        "networkpolicy.yaml"
      })
  void keysComeFromASecretAndNeverFromTheFile(String file) {
    assertThat(Deployed.read("kubernetes/" + file))
        .doesNotContain("kind: Secret", "stringData", "authenticate.secret");
  }

  private static void assertApplication(Manifest spec) {
    assertThat(spec.get("image")).isEqualTo(IMAGE);
    assertThat(spec.get("mode")).isEqualTo("cluster");
    assertThat(spec.get("mainClass")).isEqualTo("io.reverie.jobs.cli.Reverie");
    assertThat(spec.get("mainApplicationFile")).isEqualTo("local:///opt/spark/jars/reverie.jar");
    assertThat(spec.at("restartPolicy").get("type")).isEqualTo("Never");
    for (String part : List.of("driver", "executor")) {
      assertThat(spec.at(part).get("memoryOverhead")).isNotNull();
    }
    assertConf(spec.at("sparkConf"));
    Deployed.assertUnderstood(spec.strings("arguments"));
  }

  private static void assertConf(Manifest conf) {
    conf.values().keySet().forEach(key -> SparkKeys.assertKnown((String) key));
    assertThat(conf.get("spark.authenticate")).isEqualTo("true");
    assertThat(conf.get("spark.network.crypto.enabled")).isEqualTo("true");
  }
}
