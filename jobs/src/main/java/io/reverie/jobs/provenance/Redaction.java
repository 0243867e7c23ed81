package io.reverie.jobs.provenance;

import java.util.regex.Pattern;

/** Takes out of addresses what gives access: user and password, and signatures. */
public final class Redaction {

  /** As in s3://id:secret@bucket, whose secret may hold slashes, and https://user:word@host. */
  private static final Pattern USER =
      Pattern.compile("(\\bs3[an]?://)[^/@\\s]*:[^@\\s]*@|(\\b[a-zA-Z][\\w+.-]*://)[^/@\\s]*@");

  /** Signed addresses are such ones; others lose what no file is found by. */
  private static final Pattern QUERY =
      Pattern.compile("(\\b[a-zA-Z][\\w+.-]*://[^\\s?\"']*)\\?[^\\s\"']*=[^\\s\"']*");

  private Redaction() {}

  /** The same without secrets, in all its addresses. */
  public static String of(String text) {
    String withoutUsers =
        USER.matcher(text).replaceAll(m -> m.group(1) == null ? m.group(2) : m.group(1));
    return QUERY.matcher(withoutUsers).replaceAll("$1");
  }
}
