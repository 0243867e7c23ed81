package io.reverie.jobs.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts about a video that its page shows before it is dreamed.
 *
 * @param output text of the result's location
 * @param size of the result
 * @param start seconds of the first frame in the source
 * @param seconds that the result lasts
 * @param frames of the result, at least 1
 * @param shots in order of time; empty if the video has no known shots
 */
public record FilmPlan(
    String output, String size, double start, double seconds, int frames, List<FilmShot> shots)
    implements Serializable {

  public FilmPlan {
    shots = List.copyOf(shots);
    if (frames < 1) {
      throw new IllegalArgumentException("a film cannot have %d frames".formatted(frames));
    }
  }

  /**
   * A shot.
   *
   * @param first position of its first frame in the result
   * @param frames number of its frames, at least 1
   * @param seconds of its first frame in the source
   */
  public record FilmShot(int number, int first, int frames, double seconds)
      implements Serializable {
    public FilmShot {
      if (first < 0 || frames < 1) {
        throw new IllegalArgumentException(
            "a shot cannot have %d frames from frame %d".formatted(frames, first));
      }
    }
  }

  /** At most so many shots, evenly spread over the film. */
  List<FilmShot> sample(int most) {
    if (shots.size() <= most) {
      return shots;
    }
    List<FilmShot> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(shots.get((int) ((i + 0.5) * shots.size() / most)));
    }
    return some;
  }

  /** Positions of frames worth a picture: the middle of each shot, of a long shot several. */
  public List<Integer> moments(int most) {
    List<FilmShot> shown = sample(most);
    int each = shown.isEmpty() ? 0 : Math.max(1, Math.min(4, most / shown.size()));
    List<Integer> positions = new ArrayList<>();
    for (FilmShot shot : shown) {
      int here = Math.min(each, shot.frames());
      for (int i = 0; i < here; i++) {
        positions.add(shot.first() + (int) ((i + 0.5) * shot.frames() / here));
      }
    }
    return positions;
  }
}
