package io.reverie.jobs.sync.input;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * Selects inputs by globs on their names relative to the prefix. As in Java, {@code *} does not
 * cross folders and {@code **} does.
 *
 * @param includes globs of which one must match; if empty, all names match
 * @param excludes globs of which none may match
 */
public record Selection(List<String> includes, List<String> excludes) implements Serializable {

  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    includes.forEach(Selection::matcher);
    excludes.forEach(Selection::matcher);
  }

  /** Compiles the globs once for many names. */
  public Predicate<String> compiled() {
    List<PathMatcher> in = includes.stream().map(Selection::matcher).toList();
    List<PathMatcher> out = excludes.stream().map(Selection::matcher).toList();
    if (in.isEmpty() && out.isEmpty()) {
      return name -> true;
    }
    return name -> {
      Path path = Path.of(name.replace('\0', '?'));
      return (in.isEmpty() || in.stream().anyMatch(m -> m.matches(path)))
          && out.stream().noneMatch(m -> m.matches(path));
    };
  }

  private static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw UserException.usage(
          "'%s' is not a valid glob (%s); write one such as '**.mp4'"
              .formatted(glob, e.getDescription()),
          e);
    }
  }
}
