package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A document of deploy/kubernetes, or a part of one. */
record Manifest(Map<?, ?> values) {

  static List<Manifest> in(String file) {
    return parse(Deployed.read("kubernetes/" + file));
  }

  static Manifest one(String file, String kind) {
    return in(file).stream()
        .filter(document -> kind.equals(document.get("kind")))
        .findFirst()
        .orElseThrow();
  }

  static List<Manifest> parse(String text) {
    Iterable<Object> all = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
    return StreamSupport.stream(all.spliterator(), false).map(Manifest::of).toList();
  }

  private static Manifest of(Object values) {
    return new Manifest((Map<?, ?>) values);
  }

  Object get(String key) {
    return values.get(key);
  }

  Manifest at(String... keys) {
    Manifest here = this;
    for (String key : keys) {
      assertThat(here.get(key)).as(key).isInstanceOf(Map.class);
      here = of(here.get(key));
    }
    return here;
  }

  /** The list under a key, which may be missing. */
  List<Manifest> list(String key) {
    return values.containsKey(key)
        ? ((List<?>) get(key)).stream().map(Manifest::of).toList()
        : List.of();
  }

  List<String> strings(String key) {
    assertThat(get(key)).as(key).isInstanceOf(List.class);
    return ((List<?>) get(key)).stream().map(String::valueOf).toList();
  }
}
