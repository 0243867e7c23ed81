package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who the pods may talk to. */
class NetworkPolicyTest {

  private static final int RPC = 7078;
  private static final int BLOCKS = 7079;

  @Test
  void executorsReachTheDriverEachOtherTheDnsAndPublicHttpsAlone() {
    Manifest spec = policy("executor");
    assertThat(spec.strings("policyTypes")).containsExactly("Ingress", "Egress");
    assertThat(ports(spec.list("ingress"))).containsExactly(BLOCKS);
    assertThat(peers(spec.list("ingress"), "from")).containsExactlyInAnyOrder("driver", "executor");
    assertThat(ports(spec.list("egress"))).containsExactlyInAnyOrder(RPC, BLOCKS, 53, 443);
    assertThat(peers(spec.list("egress"), "to"))
        .containsExactlyInAnyOrder("driver", "executor", "kube-system", "0.0.0.0/0", "::/0");
    Manifest https = withPort(spec, 443);
    assertThat(https.list("to").get(0).at("ipBlock").strings("except"))
        .as("neither the API server nor the cloud's metadata")
        .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
  }

  @Test
  void driversHearExecutorsAlone() {
    Manifest spec = policy("driver");
    assertThat(spec.strings("policyTypes")).containsExactly("Ingress", "Egress");
    assertThat(peers(spec.list("ingress"), "from")).containsExactly("executor");
    assertThat(ports(spec.list("ingress"))).containsExactlyInAnyOrder(RPC, BLOCKS);
    assertThat(ports(spec.list("egress"))).containsExactlyInAnyOrder(BLOCKS, 53, 443, 6443);
  }

  @Test
  void theirPortsAreThoseThatSparkIsTold() {
    List<String> args =
        Manifest.one("cronjob.yaml", "CronJob")
            .at("spec", "jobTemplate", "spec", "template", "spec")
            .list("containers")
            .get(0)
            .strings("args");
    assertThat(args)
        .contains(
            "spark.driver.port=" + RPC,
            "spark.driver.blockManager.port=" + BLOCKS,
            "spark.blockManager.port=" + BLOCKS);
    for (Manifest conf :
        List.of(
            Manifest.one("sparkapplication.yaml", "SparkApplication").at("spec", "sparkConf"),
            Manifest.one("scheduled.yaml", "ScheduledSparkApplication")
                .at("spec", "template", "sparkConf"))) {
      assertThat(conf.get("spark.driver.port")).isEqualTo("" + RPC);
      assertThat(conf.get("spark.driver.blockManager.port")).isEqualTo("" + BLOCKS);
      assertThat(conf.get("spark.blockManager.port")).isEqualTo("" + BLOCKS);
    }
  }

  /** Of the pods of a role; there is one for each. */
  private static Manifest policy(String role) {
    List<Manifest> found =
        Manifest.in("networkpolicy.yaml").stream()
            .map(document -> document.at("spec"))
            .filter(
                spec -> labels(spec.at("podSelector")).equals(Set.of("app=reverie", role(role))))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static String role(String role) {
    return "spark-role=" + role;
  }

  private static Set<String> labels(Manifest selector) {
    return selector.at("matchLabels").values().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.toSet());
  }

  private static Set<Integer> ports(List<Manifest> rules) {
    assertThat(rules).allSatisfy(rule -> assertThat(rule.list("ports")).isNotEmpty());
    return rules.stream()
        .flatMap(rule -> rule.list("ports").stream())
        .map(port -> (Integer) port.get("port"))
        .collect(Collectors.toSet());
  }

  private static Set<String> peers(List<Manifest> rules, String direction) {
    return rules.stream()
        .flatMap(rule -> rule.list(direction).stream())
        .map(NetworkPolicyTest::peer)
        .collect(Collectors.toSet());
  }

  private static String peer(Manifest peer) {
    if (peer.get("ipBlock") != null) {
      return (String) peer.at("ipBlock").get("cidr");
    }
    if (peer.get("namespaceSelector") != null) {
      return (String)
          peer.at("namespaceSelector", "matchLabels").get("kubernetes.io/metadata.name");
    }
    Manifest labels = peer.at("podSelector", "matchLabels");
    assertThat(labels.get("app")).isEqualTo("reverie");
    return (String) labels.get("spark-role");
  }

  private static Manifest withPort(Manifest spec, int port) {
    return spec.list("egress").stream()
        .filter(rule -> ports(List.of(rule)).contains(port))
        .findFirst()
        .orElseThrow();
  }
}
