package io.reverie.jobs.operation;

import io.reverie.core.text.Count;
import io.reverie.jobs.terminal.Escaper;
import io.reverie.jobs.terminal.Redaction;
import java.util.List;

/**
 * What a Spark job is called in Spark's pages, its event log and our log.
 *
 * @param phase of the run, the same for all jobs of its kind: Dreaming
 * @param subject what it works on, such as a file name or {@code 12 videos}; may be empty
 * @param group of all jobs on the same subject
 * @param work in words: dreaming
 * @param pool of Spark's fair scheduler, with which the jobs share the executors; empty for the
 *     default one
 */
public record JobName(String phase, String subject, String group, String work, String pool) {

  public JobName {
    subject = shown(subject);
    group = shown(group);
  }

  private static String shown(String text) {
    return Escaper.line(Redaction.of(text));
  }

  /** Names a job that works on nothing in particular. */
  public static JobName of(String phase) {
    return new JobName(phase, "", "reverie", phase, "");
  }

  /**
   * Names a job that works on some inputs.
   *
   * @param work such as dreaming
   * @param inputs as the user named them
   * @param one word for an input, such as video
   */
  public static JobName of(String phase, String work, List<String> inputs, String one) {
    boolean single = inputs.size() == 1;
    String subject = single ? fileName(inputs.get(0)) : Count.of(inputs.size(), one);
    return new JobName(phase, subject, single ? inputs.get(0) : subject, work, "");
  }

  /** Returns the name of a job that belongs to a group and shares the executors with a pool. */
  public JobName in(String otherGroup, String otherPool) {
    return new JobName(phase, subject, otherGroup, work, otherPool);
  }

  /** What comes after the last slash, without credentials before that. */
  private static String fileName(String input) {
    String safe = Redaction.of(input);
    String trimmed = safe.endsWith("/") ? safe.substring(0, safe.length() - 1) : safe;
    return trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  String description() {
    return subject.isEmpty() ? work : subject + ": " + work;
  }
}
