package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.terminal.Escaped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays the sources of settings over each other, in the order of their precedence. */
public final class SpecLoader {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private SpecLoader() {}

  /**
   * A spec and the network that it names.
   *
   * @param descriptor the content of the network's descriptor file; empty for one of Reverie's
   */
  public record Loaded(PipelineSpec spec, NetworkDescriptor network, String descriptor) {

    /** The same with other settings, for the same network. */
    public Loaded with(PipelineSpec other) {
      return new Loaded(other, network, descriptor);
    }

    /** Whether the network is described in a file of the user's. */
    public boolean isFromFile() {
      return isFile(spec.network());
    }
  }

  /**
   * Settings in YAML.
   *
   * @param origin what to call them in messages
   */
  public record Overlay(String yaml, String origin) {

    /** A file of the user's. */
    public static Overlay of(Path file) {
      return new Overlay(read(file), file.toString());
    }
  }

  /**
   * Resolves the settings of a run.
   *
   * @param config a YAML file of the user's
   * @param assignments {@code a.b=value}, the later over the earlier
   * @throws UserException of the usage kind for an unknown key or a wrong value
   */
  public static Loaded load(Optional<Path> config, List<String> assignments) {
    return load(config.map(Overlay::of).stream().toList(), assignments);
  }

  /** The same with several texts of settings, the later over the earlier. */
  public static Loaded load(List<Overlay> overlays, List<String> assignments) {
    String network = over(SpecTree.defaults(), overlays, assignments).text("network");
    return load(overlays, assignments, descriptorText(network));
  }

  /**
   * The same where the descriptor of the network, whatever its name, is at hand.
   *
   * @param descriptor empty for a network of Reverie's
   */
  public static Loaded load(List<Overlay> overlays, List<String> assignments, String descriptor) {
    SpecTree wanted = over(SpecTree.defaults(), overlays, assignments);
    NetworkDescriptor network = descriptor(wanted.text("network"), descriptor);
    SpecTree base = SpecTree.defaults().with(network.defaults(), "network " + network.name());
    String preset = wanted.text("preset");
    if (!preset.equals("none")) {
      base = base.with(preset(network, preset), "preset " + preset);
    }
    PipelineSpec spec =
        over(base, overlays, assignments).withDefaultLayer(network.layer()).toSpec();
    return new Loaded(spec, network, descriptor);
  }

  private static SpecTree over(SpecTree base, List<Overlay> overlays, List<String> assignments) {
    SpecTree tree = base;
    for (Overlay overlay : overlays) {
      tree = tree.with(overlay.yaml(), overlay.origin());
    }
    for (String assignment : assignments) {
      tree = tree.withAssignment(assignment);
    }
    return tree;
  }

  private static Map<String, Object> preset(NetworkDescriptor network, String name) {
    try {
      return network.preset(name);
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** The descriptor of a network's name, or in a file. */
  public static NetworkDescriptor descriptor(String network) {
    return descriptor(network, descriptorText(network));
  }

  private static NetworkDescriptor descriptor(String network, String text) {
    try {
      return text.isEmpty() && !isFile(network)
          ? Networks.descriptor(network)
          : Networks.parse(text, network);
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** The content of a descriptor file; empty for a network's name. */
  public static String descriptorText(String network) {
    return isFile(network) ? read(Path.of(network)) : "";
  }

  private static boolean isFile(String network) {
    return network.endsWith(".yaml") || network.endsWith(".yml");
  }

  private static String read(Path file) {
    return TextFile.read(file);
  }

  /**
   * The spec as YAML, in the order of {@code reference.yaml}. With characters that are not shown as
   * they are it is in JSON, which is YAML too and in which they may be written otherwise.
   */
  public static String toYaml(PipelineSpec spec) {
    try {
      String yaml = YAML.writeValueAsString(spec);
      return Escaped.lines(yaml).equals(yaml)
          ? yaml
          : Escaped.lines(JSON.writeValueAsString(spec)) + '\n';
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
