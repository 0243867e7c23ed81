package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A spec whose files are found: everything that decides the picture.
 *
 * @param descriptor the content of the network's descriptor file; empty for a network of Reverie's
 * @param weights a local file
 * @param weightsSha256 of its content
 * @param files the SHA-256 of each further file that the spec names
 */
public record ResolvedSpec(
    PipelineSpec spec,
    String descriptor,
    String weights,
    String weightsSha256,
    Map<String, String> files)
    implements Serializable {

  public ResolvedSpec {
    files = new TreeMap<>(files);
  }

  /** To be raised whenever the same settings give another picture. */
  private static final int ALGORITHM = 1;

  private static final ObjectMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** The same files with other settings. */
  public ResolvedSpec with(PipelineSpec other) {
    return new ResolvedSpec(other, descriptor, weights, weightsSha256, files);
  }

  /** The network that it dreams with. */
  public NetworkDescriptor network() {
    return descriptor.isEmpty()
        ? SpecLoader.descriptor(spec.network())
        : Networks.parse(descriptor, spec.network());
  }

  /** A hash of all that decides the picture; files count by their content, not by their name. */
  public String id() {
    ObjectNode tree = CANONICAL.valueToTree(spec);
    tree.put("weights", weightsSha256);
    // When and how often is tried changes no picture.
    tree.remove("sync");
    if (!descriptor.isEmpty()) {
      tree.put("network", descriptor);
    }
    tree.put("algorithm", ALGORITHM);
    byContent(tree);
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

  /** A file's hash stands for its name. */
  private void byContent(JsonNode node) {
    if (node instanceof ObjectNode fields) {
      for (Map.Entry<String, JsonNode> entry : fields.properties()) {
        String hash = files.get(entry.getValue().asText());
        if (entry.getValue().isTextual() && hash != null) {
          entry.setValue(fields.textNode(hash));
        }
      }
    }
    node.forEach(this::byContent);
  }
}
