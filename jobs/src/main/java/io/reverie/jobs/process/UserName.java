package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Gives the process a user name. Hadoop requires one, but users of containers may only have a
 * number.
 */
public final class UserName {

  /** Belongs to the user of this process. */
  private static final Path PROCESS = Path.of("/proc/self");

  private static final String HOME = "user.home";

  private UserName() {}

  /**
   * Runs before the main method of Spark's own programs, which ask Hadoop for the user at once: the
   * launcher passes this jar as a Java agent if the user has no name.
   */
  @SuppressWarnings("unused") // The JVM requires the parameter.
  public static void premain(String arguments) {
    ensureSet();
  }

  /**
   * Sets a user name if the system has none: $HADOOP_USER_NAME, or the number. Such a user has no
   * home either, for which the JDK's "?" would be a folder of the working directory.
   */
  public static void ensureSet() {
    if (!Path.of(System.getProperty(HOME, "")).isAbsolute()) {
      String home = System.getenv("HOME");
      System.setProperty(HOME, home != null && home.startsWith("/") ? home : "/");
    }
    String known = System.getProperty("user.name");
    if (known != null && !known.isBlank() && !known.equals("?")) {
      return;
    }
    String configured = System.getenv("HADOOP_USER_NAME");
    String name = configured == null || configured.isEmpty() ? "uid-" + number() : configured;
    System.setProperty("user.name", name);
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
  }

  private static String number() {
    try {
      return String.valueOf(Files.getAttribute(PROCESS, "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "unknown";
    }
  }
}
