package io.reverie.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.security.UserGroupInformation;

/** Hadoop wants a name of each user; those of containers may have a number alone. */
public final class UserName {

  private UserName() {}

  /** Gives the user a name, if the system knows none: $HADOOP_USER_NAME, or the number. */
  public static void settle() {
    String known = System.getProperty("user.name");
    if (known != null && !known.isBlank() && !known.equals("?")) {
      return;
    }
    String wanted = System.getenv("HADOOP_USER_NAME");
    String name = wanted == null || wanted.isEmpty() ? "uid-" + number() : wanted;
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
