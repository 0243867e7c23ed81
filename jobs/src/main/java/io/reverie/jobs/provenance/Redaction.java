package io.reverie.jobs.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes out of addresses what gives access: user and password, and signatures. */
public final class Redaction {

  /** As in s3://id:secret@bucket, whose secret may hold slashes, and https://user:word@host. */
  private static final Pattern USER =
      Pattern.compile("(\\bs3[an]?://)[^/@\\s]*:[^@\\s]*@|(\\b[a-zA-Z][\\w+.-]*://)[^/@\\s]*@");

  /** Signed addresses are such ones; others lose what no file is found by. */
  private static final Pattern QUERY =
      Pattern.compile("(\\b[a-zA-Z][\\w+.-]*://[^\\s?\"']*)\\?[^\\s\"']*=[^\\s\"']*");

  private Redaction() {}

  /** The same without secrets, in all its addresses. */
  public static String of(String text) {
    String withoutUsers =
        USER.matcher(text).replaceAll(m -> m.group(1) == null ? m.group(2) : m.group(1));
    return QUERY.matcher(withoutUsers).replaceAll("$1");
  }

  /** The same for all texts in a tree, which it changes. */
  static JsonNode of(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        entry.setValue(of(entry.getValue()));
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, of(array.get(i)));
      }
    }
    return tree.isTextual() ? TextNode.valueOf(of(tree.textValue())) : tree;
  }
}
