package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.onnx.OnnxDescriptor;
import io.reverie.core.weights.onnx.OnnxFile;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.terminal.Escaper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges all sources of settings in order of precedence. */
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
   * @param descriptor the content of the user's descriptor file; empty for a built-in network
   */
  public record Loaded(PipelineSpec spec, NetworkDescriptor network, String descriptor) {

    /** Replaces the spec by one for the same network. */
    public Loaded with(PipelineSpec other) {
      return new Loaded(other, network, descriptor);
    }

    /** Returns whether a descriptor file of the user's describes the network. */
    public boolean isFromFile() {
      return isFile(spec.network());
    }
  }

  /**
   * Resolves the settings of a run.
   *
   * @param config the user's YAML file
   * @param assignments {@code a.b=value}; a later one takes precedence
   * @throws UserException of the usage kind for an unknown key or an invalid value
   */
  public static Loaded load(Optional<Path> config, List<String> assignments) {
    List<Overlay> overlays = new ArrayList<>();
    config.map(Overlay::ofFile).ifPresent(overlays::add);
    assignments.forEach(each -> overlays.add(Overlay.ofAssignment(each)));
    return load(overlays);
  }

  /**
   * Resolves settings from any sources.
   *
   * @param overlays in ascending order of precedence
   */
  public static Loaded load(List<Overlay> overlays) {
    return load(overlays, descriptorText(chosen("network", overlays)));
  }

  /**
   * Resolves settings for a network whose descriptor is known.
   *
   * @param descriptor empty for a built-in network
   */
  public static Loaded load(List<Overlay> overlays, String descriptor) {
    NetworkDescriptor network = descriptor(chosen("network", overlays), descriptor);
    List<Overlay> all = new ArrayList<>();
    all.add(Overlay.of(YAML.valueToTree(network.defaults()), "network " + network.name()));
    String preset = chosen("preset", overlays);
    if (!preset.equals("none")) {
      all.add(Overlay.of(YAML.valueToTree(preset(network, preset)), "preset " + preset));
    }
    all.addAll(overlays);
    PipelineSpec spec = SpecTree.merged(all).withDefaultLayer(network.layer()).toSpec();
    return new Loaded(spec, network, descriptor);
  }

  /** The value of a key that decides what else is merged. */
  private static String chosen(String key, List<Overlay> overlays) {
    JsonNode value = ReferenceSettings.defaultOf(key);
    for (Overlay overlay : overlays) {
      value = overlay.tree().has(key) ? overlay.tree().get(key) : value;
    }
    return value.asText();
  }

  private static Map<String, Object> preset(NetworkDescriptor network, String name) {
    try {
      return network.preset(name);
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /**
   * Finds a network.
   *
   * @param network a built-in name, a descriptor file or an ONNX model
   */
  public static NetworkDescriptor descriptor(String network) {
    return descriptor(network, descriptorText(network));
  }

  private static NetworkDescriptor descriptor(String network, String text) {
    try {
      return text.isEmpty() && !isFile(network)
          ? Networks.descriptor(network)
          : Networks.parse(text, network).withAddresses(uri -> beside(network, uri));
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** A file of weights is named relative to the descriptor. */
  private static String beside(String descriptor, String uri) {
    Location location = new Location(uri);
    boolean relative = !uri.contains(":") && location.isLocal() && !location.path().isAbsolute();
    Path folder = Path.of(descriptor).getParent();
    return relative && folder != null ? folder.resolve(uri).toString() : uri;
  }

  /**
   * The content of a descriptor file, or of the descriptor that an ONNX model implies; empty for a
   * built-in network.
   */
  public static String descriptorText(String network) {
    if (OnnxFile.isNamed(network)) {
      return impliedText(network);
    }
    return isFile(network) ? TextFile.read(Path.of(network)) : "";
  }

  private static String impliedText(String model) {
    try {
      return OnnxDescriptor.of(Path.of(model));
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  private static boolean isFile(String network) {
    return OnnxFile.isNamed(network) || network.endsWith(".yaml") || network.endsWith(".yml");
  }

  /**
   * The spec as YAML, in the order of {@code reference.yaml}. If it contains control characters, it
   * is JSON instead: JSON is YAML too, and can escape them.
   */
  public static String toYaml(PipelineSpec spec) {
    return text(spec);
  }

  /**
   * Returns the settings of overlays as one file for {@code --config}, with the same effect.
   *
   * @param overlays in ascending order of precedence
   */
  public static String toYaml(List<Overlay> overlays) {
    return text(SpecTree.settings(overlays));
  }

  private static String text(Object settings) {
    try {
      String yaml = YAML.writeValueAsString(settings);
      return Escaper.lines(yaml).equals(yaml)
          ? yaml
          : Escaper.lines(JSON.writeValueAsString(settings)) + '\n';
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
