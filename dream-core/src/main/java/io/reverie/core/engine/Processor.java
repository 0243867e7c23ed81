package io.reverie.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;

/** The instructions of this machine's processor, as Linux lists them. */
final class Processor {

  private static final Path LIST = Path.of("/proc/cpuinfo");

  /** Those that oneDNN uses for bfloat16 on x86; without them it emulates slowly. */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16");

  private static final boolean MULTIPLIES_BFLOAT16 = !Collections.disjoint(flags(LIST), BFLOAT16);

  private Processor() {}

  /** Returns whether it multiplies bfloat16 in hardware; false where that is unknown. */
  static boolean multipliesBfloat16() {
    return MULTIPLIES_BFLOAT16;
  }

  /** Returns the flags of the first processor in a list of the form of /proc/cpuinfo. */
  static Set<String> flags(Path list) {
    if (!Files.isReadable(list)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(list)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(Arrays.asList(line.split("\\s+", -1))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
