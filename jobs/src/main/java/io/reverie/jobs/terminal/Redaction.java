package io.reverie.jobs.terminal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes credentials from addresses: user names, passwords and signatures. */
public final class Redaction {

  /**
   * Matches s3://id:secret@bucket, whose secret may contain slashes, and
   * https://user:password@host.
   */
  private static final Pattern USER =
      Pattern.compile(
          "(\\bs3[an]?://)[^/@\\s]*:[^@\\s]*@|(\\b[a-zA-Z][\\w+.-]{0,20}://)[^/@\\s]*@");

  /**
   * Matches a query string. A signed address has one; other addresses need none to identify a file.
   */
  private static final Pattern QUERY =
      Pattern.compile(
          "(\\b([a-zA-Z][\\w+.-]{0,20})://[^\\s?\"']*)\\?([^\\s\"']*=[^\\s\"']*(?<![:;,.)]))");

  /** Matches a credential in a query string, even without the address before it. */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?i)(?<=[?&])(X-Amz-(?:Signature|Credential|Security-Token)|X-Goog-(?:Signature|Credential)"
              + "|AWSAccessKeyId|Signature|sig|token|access_token)=[^\\s&\"',;]+");

  /** Schemes in which a question mark may be part of a name. */
  private static final Set<String> FILES = Set.of("s3", "s3a", "s3n", "hdfs", "file");

  private Redaction() {}

  /** Removes the credentials from all addresses in a text. */
  public static String of(String text) {
    String withoutUsers =
        USER.matcher(text).replaceAll(m -> quoted(m.group(1) == null ? m.group(2) : m.group(1)));
    String withoutQueries =
        QUERY.matcher(withoutUsers).replaceAll(m -> quoted(isQuery(m) ? m.group(1) : m.group()));
    return SIGNATURE.matcher(withoutQueries).replaceAll("$1=...");
  }

  private static boolean isQuery(MatchResult address) {
    return !FILES.contains(address.group(2).toLowerCase(Locale.ROOT))
        || SIGNATURE.matcher("?" + address.group(3)).find();
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
