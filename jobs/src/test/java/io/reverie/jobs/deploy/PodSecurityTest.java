package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every pod of every manifest may do. */
class PodSecurityTest {

  static Stream<Pod> pods() {
    return Pod.all().stream();
  }

  @Test
  void twoPodsOfEachManifestAreSeen() {
    assertThat(pods()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itsContainersAreNobodyWithoutRightsOnTheirNode(Pod pod) {
    assertThat(pod.context().get("runAsNonRoot")).isEqualTo(true);
    assertThat(pod.context().at("seccompProfile").get("type")).isEqualTo("RuntimeDefault");
    assertThat(pod.containers()).isNotEmpty();
    for (Manifest container : pod.containers()) {
      Manifest context = container.at("securityContext");
      assertThat(context.get("runAsNonRoot")).isEqualTo(true);
      assertThat(context.get("runAsUser")).isEqualTo(185);
      assertThat(context.get("runAsGroup")).isEqualTo(185);
      assertThat(context.get("allowPrivilegeEscalation")).isEqualTo(false);
      assertThat(context.get("readOnlyRootFilesystem")).isEqualTo(true);
      assertThat(context.at("capabilities").values()).isEqualTo(Map.of("drop", List.of("ALL")));
      assertThat(context.at("seccompProfile").get("type")).isEqualTo("RuntimeDefault");
      assertThat(context.get("privileged")).isNull();
      assertThat(container.get("hostNetwork")).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("pods")
  void itWritesIntoVolumesOfItsOwnThatHaveALimit(Pod pod) {
    for (Manifest container : pod.containers()) {
      Map<Object, Object> mounts =
          container.list("volumeMounts").stream()
              .collect(Collectors.toMap(m -> m.get("mountPath"), m -> m.get("name")));
      assertThat(mounts).containsKeys("/tmp", "/opt/spark/work-dir");
      for (Manifest volume : pod.volumes()) {
        assertThat(volume.values().keySet())
            .allSatisfy(key -> assertThat(key).isIn("name", "emptyDir", "configMap"));
      }
      assertThat(mounts)
          .extractingByKeys("/tmp", "/opt/spark/work-dir")
          .allSatisfy(name -> assertThat(limit(pod, name)).isNotNull());
    }
  }

  private static Object limit(Pod pod, Object name) {
    return pod.volumes().stream()
        .filter(volume -> name.equals(volume.get("name")))
        .findFirst()
        .orElseThrow()
        .at("emptyDir")
        .get("sizeLimit");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void executorsHaveAnAccountWithoutRightsAndNoToken(Pod pod) {
    assertThat(pod.labels().get("app")).isEqualTo("reverie");
    if (!pod.token()) {
      assertThat(pod.account()).isEqualTo("reverie-executor");
    } else {
      assertThat(pod.account()).isEqualTo("reverie");
    }
    assertThat(pod.token())
        .isEqualTo(pod.name().endsWith(" driver") || pod.name().equals("cronjob.yaml"));
  }

  @Test
  void theDriverAloneMayManagePodsAndReadsNoSecrets() {
    List<Manifest> accounts =
        Manifest.in("rbac.yaml").stream()
            .filter(document -> "ServiceAccount".equals(document.get("kind")))
            .toList();
    assertThat(accounts)
        .extracting(account -> account.at("metadata").get("name"))
        .containsExactly("reverie", "reverie-executor");
    assertThat(accounts.get(1).get("automountServiceAccountToken")).isEqualTo(false);
    Manifest binding = Manifest.one("rbac.yaml", "RoleBinding");
    assertThat(binding.list("subjects"))
        .extracting(subject -> subject.get("kind") + " " + subject.get("name"))
        .containsExactly("ServiceAccount reverie");
    Manifest role = Manifest.one("rbac.yaml", "Role");
    assertThat(binding.at("roleRef").get("kind")).isEqualTo("Role");
    assertThat(binding.at("roleRef").get("name")).isEqualTo(role.at("metadata").get("name"));
    Map<List<String>, List<String>> rules =
        role.list("rules").stream()
            .collect(
                Collectors.toMap(rule -> rule.strings("resources"), rule -> rule.strings("verbs")));
    assertThat(rules)
        .isEqualTo(
            Map.of(
                List.of("pods"),
                List.of("get", "list", "watch", "create", "patch", "delete", "deletecollection"),
                List.of("configmaps"),
                List.of("create", "deletecollection")));
  }
}
