package io.reverie.jobs.provenance;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The machine that computed a result, as far as it can change the last bits of a number.
 *
 * @param os name of the operating system
 * @param java version
 * @param cpu architecture of the processor, such as amd64
 * @param instructions widest set of vector instructions; empty if unknown
 * @param device cpu or gpu, and whether dreams passed it in batches
 */
public record MachineInfo(String os, String java, String cpu, String instructions, String device)
    implements Serializable {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Names used by Linux, widest instruction set first. */
  private static final List<String> VECTORS =
      List.of("avx512f", "avx2", "avx", "sse4_2", "sve", "asimd");

  /**
   * Describes this machine.
   *
   * @param device used for the dream: cpu, or gpu with or without its number
   */
  public static MachineInfo ofThisMachine(String device) {
    return new MachineInfo(
        System.getProperty("os.name"),
        System.getProperty("java.version"),
        System.getProperty("os.arch"),
        widestInstructions(),
        device.startsWith("gpu") ? "gpu" : "cpu");
  }

  /** As {@link #ofThisMachine(String)}, for dreams that may have passed the network together. */
  public static MachineInfo ofThisMachine(String device, boolean inBatches) {
    MachineInfo alone = ofThisMachine(device);
    return inBatches
        ? new MachineInfo(
            alone.os, alone.java, alone.cpu, alone.instructions, alone.device + " in batches")
        : alone;
  }

  private static String widestInstructions() {
    if (!Files.isReadable(PROCESSORS)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      Set<String> known =
          lines
              .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
              .findFirst()
              .map(line -> Set.copyOf(Arrays.asList(line.split("\\s+", -1))))
              .orElse(Set.of());
      return VECTORS.stream().filter(known::contains).findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  /** Differences from another machine that may change frames, one phrase each. */
  List<String> differences(MachineInfo other) {
    List<String> all = new ArrayList<>();
    if (!device.equals(other.device)) {
      all.add("on a %s, not a %s".formatted(device, other.device));
    }
    if (!(cpu + instructions).equals(other.cpu + other.instructions)) {
      all.add("with %s, not %s".formatted(vectors(), other.vectors()));
    }
    return all;
  }

  private String vectors() {
    return (cpu + " " + instructions).strip();
  }
}
