package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/**
 * Parses a user's YAML or JSON strictly: duplicate keys and further documents are errors, because
 * parsers disagree on which one counts.
 */
public final class UserTree {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private UserTree() {}

  /**
   * Parses YAML.
   *
   * @param origin for error messages
   * @return a missing node if the text is empty
   */
  public static JsonNode ofYaml(String text, String origin) {
    return read(YAML, text, origin + " is not valid YAML: ");
  }

  /**
   * Parses JSON.
   *
   * @param origin for error messages
   * @return a missing node if the text is empty
   */
  public static JsonNode ofJson(String text, String origin) {
    return read(JSON, text, origin + " is not valid JSON: ");
  }

  private static JsonNode read(ObjectMapper mapper, String text, String complaint) {
    try (JsonParser parser = mapper.createParser(text)) {
      JsonNode tree = mapper.readTree(parser);
      if (tree != null && parser.nextToken() != null) {
        throw UserException.usage(complaint + "it has several documents; keep one");
      }
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      throw UserException.usage(complaint + reason(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parser's message without the quoted text. */
  private static String reason(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    String where =
        e.getLocation() == null ? "" : " (line %d)".formatted(e.getLocation().getLineNr());
    if (e instanceof JsonParseException && message.startsWith("Duplicate field ")) {
      return "it has the key %s twice%s; keep one"
          .formatted(message.substring("Duplicate field ".length()), where);
    }
    return message
            .lines()
            .filter(line -> !line.startsWith(" "))
            .map(String::strip)
            .collect(Collectors.joining(", "))
        + where;
  }
}
