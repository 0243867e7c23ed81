package io.reverie.jobs.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod that a manifest leads to.
 *
 * @param name for messages
 * @param account that it runs as
 * @param token whether Kubernetes may give it its account's token
 * @param labels its own; Spark adds spark-role to those that it makes
 * @param context the pod's security
 */
record Pod(
    String name,
    Object account,
    boolean token,
    Manifest labels,
    Manifest context,
    List<Manifest> containers,
    List<Manifest> volumes) {

  /** Those of every manifest; a kind that this method does not know is an error. */
  static List<Pod> all() {
    return Deployed.files().stream()
        .map(Path::toString)
        .filter(file -> file.matches(".*/kubernetes/[^/]+\\.ya?ml"))
        .map(file -> file.substring(file.lastIndexOf('/') + 1))
        .flatMap(file -> Manifest.in(file).stream().flatMap(document -> of(file, document)))
        .toList();
  }

  private static Stream<Pod> of(String file, Manifest document) {
    String kind = (String) document.get("kind");
    return switch (kind) {
      case "ServiceAccount", "Role", "RoleBinding", "NetworkPolicy" -> Stream.empty();
      case "SparkApplication" ->
          document.at("spec").get("driverSpec") == null
              ? ofOperators(file, document.at("spec"))
              : Stream.of("driver", "executor")
                  .map(
                      role ->
                          plain(
                              file + " " + role,
                              document.at("spec", role + "Spec", "podTemplateSpec")));
      case "ScheduledSparkApplication" -> ofOperators(file, document.at("spec", "template"));
      case "CronJob" ->
          Stream.of(plain(file, document.at("spec", "jobTemplate", "spec", "template")));
      case "ConfigMap" ->
          Manifest.parse((String) document.at("data").get("pod.yaml")).stream()
              .map(pod -> plain(file + " pod.yaml", pod));
      default -> throw new IllegalArgumentException(file + ": unknown kind " + kind);
    };
  }

  private static Stream<Pod> ofOperators(String file, Manifest spec) {
    return Stream.of("driver", "executor")
        .map(
            role -> {
              Manifest part = spec.at(role);
              Optional<Manifest> template =
                  Optional.ofNullable(part.get("template")).map(t -> part.at("template", "spec"));
              return new Pod(
                  file + " " + role,
                  part.get("serviceAccount"),
                  template.map(Pod::token).orElse(true),
                  part.at("labels"),
                  part.at("podSecurityContext"),
                  Stream.concat(
                          Stream.of(part),
                          Stream.of("sidecars", "initContainers")
                              .flatMap(key -> part.list(key).stream()))
                      .toList(),
                  spec.list("volumes"));
            });
  }

  private static Pod plain(String name, Manifest pod) {
    Manifest spec = pod.at("spec");
    return new Pod(
        name,
        spec.get("serviceAccountName"),
        token(spec),
        pod.at("metadata", "labels"),
        spec.at("securityContext"),
        Stream.concat(spec.list("containers").stream(), spec.list("initContainers").stream())
            .toList(),
        spec.list("volumes"));
  }

  private static boolean token(Manifest spec) {
    return !Boolean.FALSE.equals(spec.get("automountServiceAccountToken"));
  }

  @Override
  public String toString() {
    return name;
  }
}
