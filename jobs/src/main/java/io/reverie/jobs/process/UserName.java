package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Gives the process a user name. Hadoop requires one, but users of containers may only have a
 * number.
 */
public final class UserName {

  private UserName() {}

  /** Sets a user name if the system has none: $HADOOP_USER_NAME, or the number. */
  public static void ensureSet() {
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
      return String.valueOf(Files.getAttribute(RunFolder.path(), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "unknown";
    }
  }
}
