package io.reverie.jobs.preview;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One look, applied to the input of a preview.
 *
 * @param look with the size that it is dreamed at
 * @param whole settings of the command
 * @param preview the same at the size of the page
 */
record Cell(Look look, PipelineSpec whole, ResolvedSpec preview) {

  /** Prepares a look; the size of the dream becomes one of its settings if it is a smaller one. */
  static Cell of(
      Look look, Subject subject, int side, Function<SpecLoader.Loaded, ResolvedSpec> resolver) {
    SpecLoader.Loaded loaded = look.load();
    PreviewSize size = PreviewSize.of(subject.size(), loaded.spec(), side);
    Look sized = size.isSmaller() ? sized(look, size) : look;
    SpecLoader.Loaded whole = sized.load();
    PipelineSpec shown = whole.spec().sized(size.shown(), size.dreamed()).withDefaultEncoding();
    return new Cell(sized, whole.spec(), resolver.apply(whole.with(shown)));
  }

  private static Look sized(Look look, PreviewSize size) {
    String text = size.dreamed().toString();
    boolean assigned =
        look.settings().stream()
            .anyMatch(s -> s.rank() == Setting.Rank.ASSIGNMENT && s.sets("dreamSize"));
    return look.with(
        assigned
            ? Setting.assignment("dreamSize=" + text)
            : Setting.option("--dream-size", "dreamSize", text));
  }

  /** The command that dreams the whole subject with this look. */
  String command(String input, Subject subject) {
    List<String> words = new ArrayList<>(List.of("reverie", subject.command()));
    words.addAll(look.words());
    words.add(input);
    words.add(subject.result(slug()));
    return ShellWords.line(words);
  }

  /** The name as part of a file name. */
  private String slug() {
    String plain = look.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    String trimmed = plain.replaceAll("^[-.]+|[-.]+$", "");
    return trimmed.isEmpty() ? "dream" : trimmed;
  }
}
