package io.reverie.jobs.inputs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A row of a list.
 *
 * @param list name of the list
 * @param where in the list, such as {@code line 3}
 * @param settings keys of the spec
 */
public record InputRow(
    String list,
    String where,
    String input,
    Optional<String> output,
    Optional<String> recipe,
    Overlay settings) {

  /** What decides a row's spec; rows with equal settings share one. */
  record Settings(Optional<String> recipe, ObjectNode tree) {}

  /** Returns a copy that shares equal settings with another row, to save memory. */
  InputRow with(Overlay shared) {
    return new InputRow(list, where, input, output, recipe, shared);
  }

  Settings own() {
    return new Settings(recipe, settings.tree());
  }

  String place() {
    return place(list, where);
  }

  static String place(String list, String where) {
    return list + ", " + where;
  }

  /** Names this row in the sentence of a mistake. */
  <T> T during(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserException e) {
      String sentence = named(e.getMessage());
      throw e.kind() == UserException.Kind.USAGE
          ? UserException.usage(sentence, e)
          : UserException.environment(sentence, e);
    } catch (DreamException e) {
      throw UserException.usage(named(Objects.requireNonNull(e.getMessage())), e);
    }
  }

  private String named(String sentence) {
    return sentence.startsWith(place()) ? sentence : place() + ": " + sentence;
  }
}
