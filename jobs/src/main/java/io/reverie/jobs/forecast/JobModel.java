package io.reverie.jobs.forecast;

import io.reverie.video.memory.MemoryNeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The work of a job and the cost of each part.
 *
 * @param frames in the results; an image is one
 * @param segments tasks that dream
 * @param start seconds from the command to the first task
 * @param load seconds that each executor spends on loading before its first frame
 * @param stages seconds of each task, in the order in which they start; a stage begins when the one
 *     before it has ended
 * @param memory of one task at its peak
 * @param workBytes in work folders at most
 * @param keptBytes of dreams that are kept after the run
 * @param resultBytes of all results
 * @param requests to an object store
 */
public record JobModel(
    long frames,
    long segments,
    double start,
    double load,
    List<List<Double>> stages,
    MemoryNeed memory,
    double workBytes,
    double keptBytes,
    double resultBytes,
    long requests) {

  public JobModel {
    stages = stages.stream().map(List::copyOf).toList();
  }

  /** A job that keeps no dream. */
  public JobModel(
      long frames,
      long segments,
      double start,
      double load,
      List<List<Double>> stages,
      MemoryNeed memory,
      double workBytes,
      double resultBytes,
      long requests) {
    this(frames, segments, start, load, stages, memory, workBytes, 0, resultBytes, requests);
  }

  /** The same job, which also keeps dreams of so many bytes. */
  public JobModel keeping(double bytes) {
    return new JobModel(
        frames, segments, start, load, stages, memory, workBytes, bytes, resultBytes, requests);
  }

  /** The same job, whose start was measured so many seconds too late. */
  public JobModel startingEarlier(double seconds) {
    return new JobModel(
        frames,
        segments,
        Math.max(0, start - seconds),
        load,
        stages,
        memory,
        workBytes,
        keptBytes,
        resultBytes,
        requests);
  }

  /** Both jobs, one after the other, in the same processes. */
  public JobModel then(JobModel other) {
    List<List<Double>> all = new ArrayList<>(stages);
    all.addAll(other.stages);
    return new JobModel(
        frames + other.frames,
        segments + other.segments,
        Math.max(start, other.start),
        Math.max(load, other.load),
        all,
        memory.or(other.memory),
        Math.max(workBytes, other.workBytes),
        keptBytes + other.keptBytes,
        resultBytes + other.resultBytes,
        requests + other.requests);
  }

  /**
   * Both jobs as one, whose stages share the executors: tasks of the same stage run side by side,
   * the longest first.
   */
  public JobModel beside(JobModel other) {
    List<List<Double>> all = new ArrayList<>();
    for (int i = 0; i < Math.max(stages.size(), other.stages.size()); i++) {
      List<Double> tasks = new ArrayList<>(stage(i));
      tasks.addAll(other.stage(i));
      tasks.sort(Collections.reverseOrder());
      all.add(tasks);
    }
    return new JobModel(
        frames + other.frames,
        segments + other.segments,
        Math.max(start, other.start),
        Math.max(load, other.load),
        all,
        memory.or(other.memory),
        workBytes + other.workBytes,
        keptBytes + other.keptBytes,
        resultBytes + other.resultBytes,
        requests + other.requests);
  }

  private List<Double> stage(int i) {
    return i < stages.size() ? stages.get(i) : List.of();
  }

  /** A job of which this is a sample, with so many times the tasks. */
  public JobModel times(int factor) {
    return new JobModel(
        frames * factor,
        segments * factor,
        start,
        load,
        stages.stream().map(stage -> times(stage, factor)).toList(),
        memory,
        workBytes * factor,
        keptBytes * factor,
        resultBytes * factor,
        requests * factor);
  }

  private static List<Double> times(List<Double> stage, int factor) {
    List<Double> all = new ArrayList<>();
    Collections.nCopies(factor, stage).forEach(all::addAll);
    return all;
  }

  double wall(Cluster cluster) {
    int slots = cluster.executors() * cluster.slots(memory);
    return start + load + stages.stream().mapToDouble(s -> TaskPacking.secondsOf(s, slots)).sum();
  }
}
