package io.reverie.jobs.storage;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The location of a file, an object or a folder: a local path, or an address such as {@code
 * s3a://bucket/key} or {@code hdfs://host/path}. Names are taken literally, nothing is decoded.
 *
 * @param text as the user wrote it
 */
public record Location(String text) implements Serializable {

  /** An address may contain anything after its scheme, even line breaks. */
  private static final Pattern ADDRESS =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", Pattern.DOTALL);

  /** Matches an address, and its path, that has more than one spelling. */
  private static final Pattern ODD_ADDRESS =
      Pattern.compile("([^:/]+:(?://[^/]+)?+)(/.*(?<=/)(?:/|\\.{1,2}(?:/|$)).*)", Pattern.DOTALL);

  /** Matches credentials, which would end up in logs, messages and results. */
  private static final Pattern SECRET =
      Pattern.compile("^(?:s3[an]?://[^/@]*:.*@|[a-zA-Z0-9+.-]+://[^/@]*:[^/@]*@)");

  /** Parses a user's input: {@code file:} addresses become paths, {@code s3:} becomes s3a. */
  public static Location of(String text) {
    if (text.startsWith("file:/")) {
      return new Location(ofUri(text));
    }
    if (SECRET.matcher(text).find()) {
      throw UserException.usage(
          "an address must not contain keys (before the @ of %s); set AWS_ACCESS_KEY_ID and"
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
          "'%s' is not a valid file address (%s); use a path instead"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  public boolean isLocal() {
    return !ADDRESS.matcher(text).matches();
  }

  /**
   * Converts a local location to a path.
   *
   * @throws UserException if it is not a valid path
   */
  public Path path() {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw UserException.environment(
          "'%s' is not a valid path on this machine (%s); rename it, or check the locale"
              .formatted(text, e.getReason()),
          e);
    }
  }

  /**
   * The location independent of the working directory, and of parts between slashes that are empty,
   * {@code .} or {@code ..}, which Hadoop removes from an address.
   */
  public String absolute() {
    if (isLocal()) {
      return path().toAbsolutePath().normalize().toString();
    }
    Matcher odd = ODD_ADDRESS.matcher(text);
    return odd.matches() ? odd.group(1) + plain(odd.group(2)) : text;
  }

  private static String plain(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** The part after the last slash. */
  public String name() {
    String whole = withoutSlash();
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  public Location parent() {
    String whole = withoutSlash();
    int slash = whole.lastIndexOf('/');
    if (slash < 0) {
      return new Location(".");
    }
    return new Location(slash == 0 ? "/" : whole.substring(0, slash));
  }

  /**
   * Resolves a name below this folder. Every name that comes from a listing, an archive or a record
   * must pass this check before anything is read or written.
   *
   * @throws UserException for a name that would lead elsewhere, such as {@code ../x} or {@code /x}
   */
  public Location resolve(String relative) {
    RelativeName.fault(relative)
        .ifPresent(
            fault -> {
              throw UserException.environment(
                  "%s: the name '%s' %s, so it is not a valid name in this folder"
                      .formatted(this, relative, fault));
            });
    return joined(relative);
  }

  /** Appends any name without a check, for display only. */
  Location joined(String relative) {
    return new Location(asFolder().text() + relative);
  }

  /** Returns the location with a slash at the end. */
  public Location asFolder() {
    return endsWithSlash() ? this : new Location(text + "/");
  }

  /** Returns a location in the same folder; for a bare name, a bare name. */
  public Location sibling(String name) {
    return withoutSlash().indexOf('/') < 0 ? new Location(name) : parent().resolve(name);
  }

  /** Returns whether the user marked it as a folder. */
  public boolean endsWithSlash() {
    return text.endsWith("/");
  }

  /** Returns the name of a location relative to this folder. */
  public String relative(Location below) {
    String base = absolute();
    String whole = below.absolute();
    String folder = base.endsWith("/") ? base : base + "/";
    if (!whole.startsWith(folder)) {
      throw new IllegalArgumentException("%s is not below %s".formatted(below, this));
    }
    return whole.substring(folder.length());
  }

  /** Returns whether another location is this folder, or below it. */
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
