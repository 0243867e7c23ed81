package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.DescriptorKeys;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.WeightsFacts;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A spec with the contents of its files: everything that determines the result's pixels.
 *
 * @param descriptor the content of the user's descriptor file; empty for a built-in network
 * @param weights a local file
 * @param weightsSha256 hash of the weights
 * @param files SHA-256 of each further file that the spec names
 * @param facts about the weights; null before they are read
 */
public record ResolvedSpec(
    PipelineSpec spec,
    String descriptor,
    String weights,
    String weightsSha256,
    Map<String, String> files,
    @Nullable WeightsFacts facts)
    implements Serializable {

  public ResolvedSpec {
    files = new TreeMap<>(files);
  }

  /** Settings whose weights are as the network's descriptor says. */
  public ResolvedSpec(
      PipelineSpec spec,
      String descriptor,
      String weights,
      String weightsSha256,
      Map<String, String> files) {
    this(spec, descriptor, weights, weightsSha256, files, null);
  }

  /** Begins the phrase about an assumed preprocessing. */
  public static final String UNKNOWN = "weights unknown: ";

  /** Raise this whenever the same settings give different pixels. */
  private static final int ALGORITHM = 1;

  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  public ResolvedSpec with(PipelineSpec other) {
    return new ResolvedSpec(other, descriptor, weights, weightsSha256, files, facts);
  }

  /** The network of the weights: their classes, if they have any, and their preprocessing. */
  public NetworkDescriptor network() {
    return facts == null ? described() : described().adapted(facts);
  }

  /**
   * Returns what was assumed about the weights, one phrase each, without the name of their file.
   */
  public List<String> assumed() {
    List<String> all = new ArrayList<>();
    if (facts != null) {
      all.addAll(facts.remarks());
      if (!facts.known()) {
        all.add(UNKNOWN + "taken as " + facts.preprocessing().inWords());
      }
    }
    return all;
  }

  /** Returns whether the network has classes, but the weights have no classifier. */
  public boolean lacksClassifier() {
    return described().classes().isPresent() && network().classes().isEmpty();
  }

  /** The network as its descriptor says. */
  public NetworkDescriptor described() {
    return descriptor.isEmpty()
        ? SpecLoader.descriptor(spec.network())
        : Networks.parse(descriptor, spec.network());
  }

  /** A hash of everything that determines the pixels; files count by content, not by name. */
  public String id() {
    ObjectNode tree = CANONICAL.valueToTree(spec);
    // When and how often sync retries does not change the pixels.
    tree.remove("sync");
    return hash(tree);
  }

  /** A hash of everything that determines the dream, before it is blended and encoded. */
  public String dreamId() {
    ObjectNode tree = CANONICAL.valueToTree(spec);
    AfterDream.removeFrom(tree, spec);
    return hash(tree);
  }

  private String hash(ObjectNode tree) {
    tree.put("weights", weightsSha256);
    if (spec.preprocessing().isAuto()) {
      // It follows from the weights.
      tree.remove("preprocessing");
    }
    if (!descriptor.isEmpty()) {
      Map<String, Object> described = DescriptorKeys.parse(descriptor, spec.network());
      // The weights count by content, wherever they are.
      described.keySet().removeAll(List.of("weights", "title"));
      tree.set("network", CANONICAL.valueToTree(described));
    }
    tree.put("algorithm", ALGORITHM);
    hashFiles(tree);
    try {
      byte[] text =
          CANONICAL
              .writeValueAsString(CANONICAL.treeToValue(tree, Object.class))
              .getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces the names of files by their hashes. */
  private void hashFiles(JsonNode node) {
    if (node instanceof ObjectNode fields) {
      for (Map.Entry<String, JsonNode> entry : fields.properties()) {
        String hash = files.get(entry.getValue().asText());
        if (entry.getValue().isTextual() && hash != null) {
          entry.setValue(fields.textNode(hash));
        }
      }
    }
    node.forEach(this::hashFiles);
  }
}
