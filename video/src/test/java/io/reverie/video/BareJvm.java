package io.reverie.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with the classes of the tests, but without the launcher's settings, as a library has. */
public final class BareJvm {

  /** The first version whose JVM itself warns when a library is loaded. */
  private static final int WARNS = 24;

  private BareJvm() {}

  /** Prepares to run a class, whose arguments can be added to the command. */
  public static ProcessBuilder of(Class<?> main) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    if (Runtime.version().feature() >= WARNS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    return new ProcessBuilder(command);
  }
}
