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
 * Weights on their way from the driver to its executors. Spark's file server gives a file to
 * whoever names it, also without the secret of the run; so the name is one that only the secret
 * tells.
 */
public final class SharedWeights {

  private static final String MAC = "HmacSHA256";

  private SharedWeights() {}

  /** Offers them to executors, each of which fetches them once. */
  public static void send(JavaSparkContext spark, ResolvedSpec recipe) throws IOException {
    Path folder = Files.createTempDirectory("reverie-weights-");
    folder.toFile().deleteOnExit();
    Path link = folder.resolve(name(recipe));
    Files.createSymbolicLink(link, Path.of(recipe.weights()).toAbsolutePath());
    link.toFile().deleteOnExit();
    // As a URI: of a plain path Spark follows the link, and takes the name of its target.
    spark.addFile(link.toUri().toString());
  }

  /** Of the file that an executor has fetched. */
  static String name(ResolvedSpec recipe) {
    String secret = SparkEnv.get().securityManager().getSecretKey();
    return name(secret == null ? "" : secret, recipe);
  }

  static String name(String secret, ResolvedSpec recipe) {
    String file = Path.of(recipe.weights()).getFileName().toString();
    int dot = file.lastIndexOf('.');
    String extension = dot < 0 ? "" : file.substring(dot);
    try {
      Mac mac = Mac.getInstance(MAC);
      // A key must not be empty.
      mac.init(new SecretKeySpec(("weights " + secret).getBytes(StandardCharsets.UTF_8), MAC));
      byte[] hash = mac.doFinal(recipe.weightsSha256().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash) + extension;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
