package io.reverie.jobs.network;

import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Sends weights from the driver to its executors. Spark's file server hands a file to any client
 * that knows its name, even without the secret of the run, so the name is derived from that secret.
 */
public final class SharedWeights {

  private static final String MAC = "HmacSHA256";

  private SharedWeights() {}

  /** Offers the weights to executors, each of which fetches them once. */
  public static void send(JavaSparkContext spark, ResolvedSpec resolved) throws IOException {
    Path folder = Files.createTempDirectory("reverie-weights-");
    folder.toFile().deleteOnExit();
    Path link = folder.resolve(name(resolved));
    Files.createSymbolicLink(link, Path.of(resolved.weights()).toAbsolutePath());
    link.toFile().deleteOnExit();
    // As a URI: for a plain path, Spark would follow the link and use the name of its target.
    spark.addFile(link.toUri().toString());
  }

  /** The name of the file that an executor fetches. */
  static String name(ResolvedSpec resolved) {
    String secret = SparkEnv.get().securityManager().getSecretKey();
    return name(secret == null ? "" : secret, resolved);
  }

  static String name(String secret, ResolvedSpec resolved) {
    String file = Path.of(resolved.weights()).getFileName().toString();
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot);
    try {
      Mac mac = Mac.getInstance(MAC);
      // A key must not be empty.
      mac.init(new SecretKeySpec(("weights " + secret).getBytes(StandardCharsets.UTF_8), MAC));
      byte[] hash = mac.doFinal(resolved.weightsSha256().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + extension;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
