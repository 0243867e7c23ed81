package io.reverie.video;

import java.io.Serializable;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name pattern of numbered frames: {@code %05d.png} or {@code f%d.jpg}, without a folder.
 *
 * @param text as the user wrote it
 */
public record FramePattern(String text) implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("%(?:0(\\d))?d");

  /** Names of videos: those may contain a placeholder, but frames are stills. */
  private static final Pattern VIDEO =
      Pattern.compile(
          ".*\\.(?:mp4|m4v|mov|mkv|webm|avi|ts|gif)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  public FramePattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException("not a pattern of numbered frames: " + text);
    }
  }

  /** Returns whether a file name contains a number placeholder and is not that of a video. */
  public static boolean isPattern(String fileName) {
    return NUMBER.matcher(fileName).find() && !VIDEO.matcher(fileName).matches();
  }

  /** Returns the file name of a frame number. */
  public String name(long number) {
    Matcher place = place();
    String digits = place.group(1) == null ? "%d" : "%0" + place.group(1) + "d";
    return before(place) + digits.formatted(number) + after(place);
  }

  /** Returns the number in a file name of this pattern, whatever its count of digits. */
  public OptionalLong number(String fileName) {
    Matcher place = place();
    Matcher numbered =
        Pattern.compile(Pattern.quote(before(place)) + "(\\d{1,18})" + Pattern.quote(after(place)))
            .matcher(fileName);
    return numbered.matches()
        ? OptionalLong.of(Long.parseLong(numbered.group(1)))
        : OptionalLong.empty();
  }

  private Matcher place() {
    Matcher place = NUMBER.matcher(text);
    place.find();
    return place;
  }

  private String before(Matcher place) {
    return text.substring(0, place.start());
  }

  private String after(Matcher place) {
    return text.substring(place.end());
  }
}
