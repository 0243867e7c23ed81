package io.reverie.core.weights.tensor;

import io.reverie.core.weights.source.MalformedWeights;
import java.util.regex.Pattern;

/** The names of tensors in files, without what training tools wrap around a network or a part. */
public final class TensorNames {

  /** DataParallel's and torch.compile's. */
  private static final Pattern WRAPPERS = Pattern.compile("(^|\\.)(?:(?:module|_orig_mod)\\.)+");

  private static final int LONGEST = 512;

  private TensorNames() {}

  /**
   * Removes the names of wrappers.
   *
   * @throws MalformedWeights if the name is too long
   */
  public static String plain(String name) throws MalformedWeights {
    if (name.length() > LONGEST) {
      throw new MalformedWeights("it has a tensor name of %d characters".formatted(name.length()));
    }
    return WRAPPERS.matcher(name).replaceAll("$1");
  }
}
