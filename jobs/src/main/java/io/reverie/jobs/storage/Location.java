package io.reverie.jobs.storage;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where a file, an object or a folder lies: a path of this machine, or an address such as {@code
 * s3a://bucket/key} or {@code hdfs://host/path}. Names are taken as they are, nothing is decoded.
 *
 * @param text as the user gives it
 */
public record Location(String text) implements Serializable {

  /** Whatever follows: a key may have line breaks, and is no local path for that. */
  private static final Pattern ADDRESS =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", Pattern.DOTALL);

  /** Logs, messages and results would carry it on. */
  private static final Pattern SECRET =
      Pattern.compile("^(?:s3[an]?://[^/@]*:.*@|[a-zA-Z0-9+.-]+://[^/@]*:[^/@]*@)");

  /** Of what a user writes; {@code file:} addresses become paths, {@code s3:} is read as s3a. */
  public static Location of(String text) {
    if (text.startsWith("file:/")) {
      return new Location(ofUri(text));
    }
    if (SECRET.matcher(text).find()) {
      throw UserException.usage(
          "an address must not hold keys (before the @ of %s); set AWS_ACCESS_KEY_ID and"
                  .formatted(text.substring(text.indexOf('@')))
              + " AWS_SECRET_ACCESS_KEY, or fs.s3a.access.key and fs.s3a.secret.key");
    }
    return new Location(text.startsWith("s3://") ? "s3a" + text.substring(2) : text);
  }

  private static String ofUri(String text) {
    try {
      return Path.of(URI.create(text.replace(" ", "%20"))).toString();
    } catch (IllegalArgumentException e) {
      throw UserException.environment(
          "'%s' is no address of a file (%s); give its path".formatted(text, e.getMessage()), e);
    }
  }

  /** Whether it is a path of this machine. */
  public boolean isLocal() {
    return !ADDRESS.matcher(text).matches();
  }

  /**
   * As a path of this machine, which it must be.
   *
   * @throws UserException if no file can be called so
   */
  public Path path() {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw UserException.environment(
          "'%s' is no path of this machine (%s); rename it, or check the locale"
              .formatted(text, e.getReason()),
          e);
    }
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

  /**
   * Something below this folder. Every name that comes from a listing, an archive or a record goes
   * through here before anything is read or written.
   *
   * @throws UserException for a name that would lead elsewhere, such as {@code ../x} or {@code /x}
   */
  public Location resolve(String relative) {
    RelativeName.fault(relative)
        .ifPresent(
            fault -> {
              throw UserException.environment(
                  "%s: the name '%s' %s, so it is not taken for something in this folder"
                      .formatted(this, relative, fault));
            });
    return joined(relative);
  }

  /** Whatever the name is: for people to read. */
  Location joined(String relative) {
    return new Location(asFolder().text() + relative);
  }

  /** The same with a slash at its end. */
  public Location asFolder() {
    return endsWithSlash() ? this : new Location(text + "/");
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
