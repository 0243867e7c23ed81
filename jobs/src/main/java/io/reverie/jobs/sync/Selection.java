package io.reverie.jobs.sync;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * Which inputs a run is about, by globs over their names below the prefix. As in Java, {@code *}
 * stays in its folder and {@code **} does not.
 *
 * @param includes one of which must match; none takes all
 * @param excludes none of which may match
 */
public record Selection(List<String> includes, List<String> excludes) implements Serializable {

  /** Every input. */
  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
    includes.forEach(Selection::matcher);
    excludes.forEach(Selection::matcher);
  }

  /** The globs, compiled once for many names. */
  Predicate<String> compiled() {
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
          "'%s' is no glob such as '**.mp4': %s".formatted(glob, e.getDescription()), e);
    }
  }
}
