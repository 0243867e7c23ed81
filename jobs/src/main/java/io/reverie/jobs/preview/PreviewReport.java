package io.reverie.jobs.preview;

import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.terminal.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report of a preview.
 *
 * @param input as the user named it
 * @param page location of the page
 * @param sheet location of the contact sheet
 * @param seconds that it took
 * @param looks one for each cell of the page
 * @param leftOut sentences about looks that were left out
 */
public record PreviewReport(
    int version,
    String command,
    String input,
    String page,
    String sheet,
    Outcome.Status status,
    double seconds,
    List<LookReport> looks,
    List<String> leftOut) {

  private static final int VERSION = 1;

  /**
   * One look.
   *
   * @param command that dreams the whole input with it
   * @param settings in YAML
   * @param wholeSeconds that the command is expected to take here; 0 if unknown
   * @param message why it failed, or empty
   * @param bug whether it failed through a bug in Reverie
   */
  public record LookReport(
      String name,
      Outcome.Status status,
      String command,
      String settings,
      double wholeSeconds,
      String message,
      boolean bug,
      List<String> warnings) {}

  static PreviewReport kept(PreviewRequest request, PreviewFiles files) {
    return report(request, files, Outcome.Status.KEPT, 0, List.of(), List.of());
  }

  static PreviewReport planned(
      PreviewRequest request,
      PreviewFiles files,
      Subject subject,
      List<Cell> cells,
      List<String> notes) {
    List<LookReport> looks =
        cells.stream()
            .skip(1)
            .map(cell -> look(cell, request, subject, Outcome.Status.PLANNED, 0, "", List.of()))
            .toList();
    return report(request, files, Outcome.Status.PLANNED, 0, looks, notes);
  }

  static PreviewReport of(Preview preview, PreviewFiles files) {
    List<LookReport> looks = new ArrayList<>();
    IntStream.range(1, preview.cells().size()).forEach(i -> looks.add(look(preview, i)));
    return report(
        preview.request(),
        files,
        preview.isEmpty() ? Outcome.Status.FAILED : Outcome.Status.DREAMED,
        preview.seconds(),
        looks,
        preview.plan().notes());
  }

  private static LookReport look(Preview preview, int cell) {
    List<String> failures = preview.failures(cell);
    return look(
        preview.cells().get(cell),
        preview.request(),
        preview.subject(),
        failures.isEmpty() ? Outcome.Status.DREAMED : Outcome.Status.FAILED,
        preview.wholeSeconds(cell),
        String.join("; ", failures),
        preview.warnings(cell));
  }

  private static LookReport look(
      Cell cell,
      PreviewRequest request,
      Subject subject,
      Outcome.Status status,
      double seconds,
      String message,
      List<String> warnings) {
    return new LookReport(
        cell.look().name(),
        status,
        cell.command(request.input(), subject),
        cell.look().yaml(),
        seconds,
        Redaction.of(message),
        Failure.isBug(message),
        warnings.stream().map(Redaction::of).toList());
  }

  private static PreviewReport report(
      PreviewRequest request,
      PreviewFiles files,
      Outcome.Status status,
      double seconds,
      List<LookReport> looks,
      List<String> notes) {
    return new PreviewReport(
        VERSION,
        "preview",
        request.input(),
        files.page().text(),
        files.sheet().text(),
        status,
        seconds,
        List.copyOf(looks),
        List.copyOf(notes));
  }
}
