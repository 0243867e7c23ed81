package io.reverie.jobs.storage;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Divides the keys below a prefix so that several tasks can list them at once. A store returns a
 * thousand keys with each request, each after the one before. Requests for single keys find out
 * where the keys begin to differ, and which characters follow there.
 */
final class S3Split {

  /** Requests that dividing may cost. */
  private static final int MAX_REQUESTS = 150;

  private final S3Objects objects;
  private final Path path;
  private int requests;

  S3Split(S3Objects objects, Path path) {
    this.objects = objects;
    this.path = path;
  }

  /**
   * Returns about as many parts as wanted, or one if a single page holds all keys.
   *
   * @param prefix of all keys
   */
  List<ListingRange> parts(String prefix, int wanted) throws IOException {
    Deque<String> open = new ArrayDeque<>(List.of(prefix));
    // In the order of S3, which is that of UTF-8, and so that of code points.
    TreeSet<String> bounds = new TreeSet<>(S3Split::compare);
    while (!open.isEmpty() && bounds.size() + 1 < wanted && requests < MAX_REQUESTS) {
      String group = open.removeFirst();
      Optional<String> common = commonPrefix(group);
      if (common.isPresent()) {
        List<String> children = children(common.get());
        children.stream().skip(1).forEach(bounds::add);
        open.addAll(children);
      }
    }
    List<ListingRange> parts = new ArrayList<>();
    String after = "";
    for (String bound : bounds) {
      parts.add(new ListingRange(after, bound));
      after = bound;
    }
    parts.add(new ListingRange(after, ""));
    return parts;
  }

  /** Compares keys in the order of S3. */
  static int compare(String a, String b) {
    int end = Math.min(a.length(), b.length());
    for (int i = 0; i < end; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        return Integer.compare(rank(left), rank(right));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Halves of characters beyond the first 65,536 follow those from U+E000 to U+FFFF. */
  private static int rank(char each) {
    return Character.isSurrogate(each) ? each + (1 << 16) : each;
  }

  /** The longest prefix of all keys of a group; empty if one page holds them. */
  private Optional<String> commonPrefix(String group) throws IOException {
    ListObjectsV2Response page = list(group, "", 1000);
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return Optional.empty();
    }
    String common =
        common(page.contents().get(0).key(), page.contents().get(page.contents().size() - 1).key());
    while (common.length() > group.length()) {
      Optional<String> other = first(group, beyond(common));
      if (other.isEmpty() || other.get().startsWith(common)) {
        break;
      }
      common = common(common, other.get());
    }
    return Optional.of(common.length() < group.length() ? group : common);
  }

  private static String common(String a, String b) {
    int end = 0;
    while (end < Math.min(a.length(), b.length()) && a.charAt(end) == b.charAt(end)) {
      end++;
    }
    return a.substring(0, end > 0 && Character.isHighSurrogate(a.charAt(end - 1)) ? end - 1 : end);
  }

  /** The prefixes that are longer by one character, in order. */
  private List<String> children(String prefix) throws IOException {
    List<String> children = new ArrayList<>();
    Optional<String> key = first(prefix, prefix);
    while (key.isPresent() && requests < MAX_REQUESTS) {
      String child = prefix + Character.toString(key.get().codePointAt(prefix.length()));
      if (children.contains(child)) {
        break;
      }
      children.add(child);
      key = first(prefix, beyond(child));
    }
    return children;
  }

  /**
   * A key that follows all keys with a prefix. The one key that equals it is overlooked, which
   * matters little: bounds need not be the best.
   */
  private static String beyond(String prefix) {
    int last = prefix.codePointBefore(prefix.length());
    int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
    String before = prefix.substring(0, prefix.length() - Character.charCount(last));
    return last == Character.MAX_CODE_POINT
        ? prefix + Character.toString(last)
        : before + Character.toString(next);
  }

  /** The first key of a prefix after another. */
  private Optional<String> first(String prefix, String after) throws IOException {
    return list(prefix, after, 1).contents().stream()
        .map(object -> object.key())
        .filter(key -> key.length() > prefix.length())
        .findFirst();
  }

  private ListObjectsV2Response list(String prefix, String after, int maxKeys) throws IOException {
    requests++;
    ListObjectsV2Request.Builder request = objects.listing(prefix, maxKeys);
    return objects.list(path, (after.isEmpty() ? request : request.startAfter(after)).build());
  }
}
