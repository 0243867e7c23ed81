package io.reverie.jobs.terminal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of addresses what gives access: user and password, and signatures. */
public final class Redaction {

  /** As in s3://id:secret@bucket, whose secret may hold slashes, and https://user:word@host. */
  private static final Pattern USER =
      Pattern.compile(
          "(\\bs3[an]?://)[^/@\\s]*:[^@\\s]*@|(\\b[a-zA-Z][\\w+.-]{0,20}://)[^/@\\s]*@");

  /** Signed addresses are such ones; others lose what no file is found by. */
  private static final Pattern QUERY =
      Pattern.compile(
          "(\\b([a-zA-Z][\\w+.-]{0,20})://[^\\s?\"']*)\\?([^\\s\"']*=[^\\s\"']*(?<![:;,.)]))");

  /** What gives access, also where the address before it is told elsewhere or not at all. */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?i)(?<=[?&])(X-Amz-(?:Signature|Credential|Security-Token)|X-Goog-(?:Signature|Credential)"
              + "|AWSAccessKeyId|Signature|sig|token|access_token)=[^\\s&\"',;]+");

  /** There a question mark may be part of a name. */
  private static final Set<String> FILES = Set.of("s3", "s3a", "s3n", "hdfs", "file");

  private Redaction() {}

  /** The same without secrets, in all its addresses. */
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
