package io.reverie.jobs.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A style sheet or script of the program's own, written into the page. The page's policy names its
 * hash, so nothing else is applied or run.
 *
 * @param text of the resource
 */
public record Asset(Kind kind, String text) {

  /** The element that holds the text. */
  public enum Kind {
    STYLE,
    SCRIPT
  }

  public Asset {
    if (text.contains("</")) {
      throw new IllegalArgumentException("an asset must not contain the end of an element");
    }
  }

  /**
   * Reads a resource.
   *
   * @param owner a class of the package that holds the resource
   * @param file a name that ends with .css or .js
   */
  public static Asset of(Class<?> owner, String file) {
    Kind kind = file.endsWith(".css") ? Kind.STYLE : Kind.SCRIPT;
    try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(file), file)) {
      return new Asset(kind, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash as a Content-Security-Policy names it. */
  String source() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void write(Appendable page) throws IOException {
    String element = kind == Kind.STYLE ? "style" : "script";
    page.append('<').append(element).append('>');
    page.append(text);
    page.append("</").append(element).append(">\n");
  }
}
