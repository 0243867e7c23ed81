package io.reverie.jobs.cli.spark;

import java.util.regex.Pattern;

/** Spark's and Hadoop's keys whose values are secrets: Spark's own choice, and keys of stores. */
public final class SecretKeys {

  static final String REGEX =
      "(?i)secret|password|token|access[.]?key|(?:account|encryption|session)[.]key(?![a-z])";

  public static final Pattern PATTERN = Pattern.compile(REGEX);

  private SecretKeys() {}
}
