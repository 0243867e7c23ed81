package io.reverie.jobs.preview;

import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.jobs.spec.ObjectiveSpec;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.rule.ChannelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings that make a look, in words. */
final class LookFacts {

  private static final Set<String> SHOWN_ALONE = Set.of("layers", "classes", "parameterisation");

  private LookFacts() {}

  /** Names and values of the settings that matter most, and of unusual ones. */
  static List<String[]> of(PipelineSpec spec) {
    List<String[]> facts = new ArrayList<>();
    facts.add(fact("network", spec.network()));
    if (!spec.preset().equals("none")) {
      facts.add(fact("preset", spec.preset()));
    }
    facts.add(
        fact(
            spec.objective() == ObjectiveKind.CLASS ? "classes" : "layers",
            spec.layers().stream().map(LookFacts::term).collect(Collectors.joining(", "))));
    facts.add(
        fact(
            "octaves",
            "%d \u00d7 %s".formatted(spec.octaves().count(), number(spec.octaves().scale()))));
    facts.add(fact("steps", "%d \u00d7 %s".formatted(spec.iterations(), number(spec.step()))));
    addUnusual(spec, facts);
    return facts;
  }

  /** The same on one line, for a glance. */
  static String line(PipelineSpec spec) {
    return of(spec).stream()
        .filter(fact -> !fact[0].equals("network") && !fact[0].equals("preset"))
        .map(fact -> SHOWN_ALONE.contains(fact[0]) ? fact[1] : fact[0] + " " + fact[1])
        // Breaks between settings only.
        .map(text -> text.replace(' ', '\u00a0'))
        .collect(Collectors.joining(" \u00b7 "));
  }

  private static void addUnusual(PipelineSpec spec, List<String[]> facts) {
    if (spec.parameterisation() != Parameterisation.PIXELS) {
      facts.add(fact("parameterisation", lower(spec.parameterisation())));
    }
    if (spec.colours() != ColourMode.ALL) {
      facts.add(fact("colours", lower(spec.colours())));
    }
    if (spec.laplacian() > 0) {
      facts.add(fact("laplacian", Integer.toString(spec.laplacian())));
    }
    if (spec.smoothing().weight() > 0) {
      facts.add(fact("smoothing", number(spec.smoothing().weight())));
    }
    if (spec.decay() > 0) {
      facts.add(fact("decay", number(spec.decay())));
    }
    if (spec.strength() != 1) {
      facts.add(fact("strength", number(spec.strength())));
    }
  }

  private static String term(ObjectiveSpec term) {
    // Jackson leaves a component null that the user omits: a class needs no layer.
    String what =
        term.classes() == null
            ? term.layer()
            : String.join(" + ", term.classes().shares().keySet());
    return term.channels().equals(ChannelRule.ALL) ? what : what + ", some channels";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String[] fact(String name, String value) {
    return new String[] {name, value};
  }
}
