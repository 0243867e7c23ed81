package io.reverie.jobs.storage;

import io.reverie.jobs.UserException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a file, an object or a folder lies: a path of this machine, or an address such as {@code
 * s3a://bucket/key} or {@code hdfs://host/path}. Names are taken as they are, nothing is decoded.
 *
 * @param text as the user gives it
 */
public record Location(String text) implements Serializable {

  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  /** Logs, messages and results would carry it on. */
  private static final Pattern SECRET =
      Pattern.compile("^(?:s3[an]?://[^/@]*:.*@|[a-zA-Z0-9+.-]+://[^/@]*:[^/@]*@)");

  /** Of what a user writes; {@code file:} addresses become paths, {@code s3:} is read as s3a. */
  public static Location of(String text) {
    if (text.startsWith("file:/")) {
      return new Location(Path.of(URI.create(text.replace(" ", "%20"))).toString());
    }
    if (SECRET.matcher(text).find()) {
      throw UserException.usage(
          "an address must not hold keys (before the @ of %s); set AWS_ACCESS_KEY_ID and"
                  .formatted(text.substring(text.indexOf('@')))
              + " AWS_SECRET_ACCESS_KEY, or fs.s3a.access.key and fs.s3a.secret.key");
    }
    return new Location(text.startsWith("s3://") ? "s3a" + text.substring(2) : text);
  }

  /** Whether it is a path of this machine. */
  public boolean isLocal() {
    return !ADDRESS.matcher(text).matches();
  }

  /** As a path of this machine, which it must be. */
  public Path path() {
    return Path.of(text);
  }

  /** The same for every working directory. */
  public String absolute() {
    return isLocal() ? path().toAbsolutePath().normalize().toString() : text;
  }

  /** What stands behind the last slash. */
  public String name() {
    String whole = withoutSlash();
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** The folder that it lies in. */
  public Location parent() {
    String whole = withoutSlash();
    int slash = whole.lastIndexOf('/');
    if (slash < 0) {
      return new Location(".");
    }
    return new Location(slash == 0 ? "/" : whole.substring(0, slash));
  }

  /** Something below this folder. */
  public Location resolve(String relative) {
    String whole = withoutSlash();
    return new Location(whole.endsWith("/") ? whole + relative : whole + "/" + relative);
  }

  /** Something in the same folder; of a bare name, a bare name. */
  public Location sibling(String name) {
    return withoutSlash().indexOf('/') < 0 ? new Location(name) : parent().resolve(name);
  }

  /** Whether the user says that it is a folder. */
  public boolean endsWithSlash() {
    return text.endsWith("/");
  }

  /** The name of something below this folder, without the folder's own. */
  public String relative(Location below) {
    String base = absolute();
    String whole = below.absolute();
    String folder = base.endsWith("/") ? base : base + "/";
    if (!whole.startsWith(folder)) {
      throw new IllegalArgumentException("%s is not below %s".formatted(below, this));
    }
    return whole.substring(folder.length());
  }

  /** Whether it is this folder, or lies below it. */
  public boolean holds(Location other) {
    String base = absolute();
    String folder = base.endsWith("/") ? base : base + "/";
    return (other.absolute() + "/").startsWith(folder);
  }

  private String withoutSlash() {
    return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public String toString() {
    return text;
  }
}
