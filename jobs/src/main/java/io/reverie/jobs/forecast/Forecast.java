package io.reverie.jobs.forecast;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A forecast of the time, memory and cost of a job, for the report of a dry run.
 *
 * @param frames in the results; an image is one
 * @param segments tasks that dream
 * @param estimates the machines that run this command first, then each number of executors that the
 *     user asked about
 * @param taskMemoryBytes of one task at its peak
 * @param workBytes in work folders at most
 * @param keptBytes of dreams that are kept after the run
 * @param resultBytes of all results
 * @param requests to an object store; 0 if none is used
 * @param calibrationSeconds that measuring took
 */
public record Forecast(
    long frames,
    long segments,
    List<Estimate> estimates,
    long taskMemoryBytes,
    long workBytes,
    long keptBytes,
    long resultBytes,
    long requests,
    double calibrationSeconds) {
  public Forecast {
    if (frames < 0 || segments < 0 || requests < 0) {
      throw new IllegalArgumentException(
          "a job cannot have %d frames, %d segments and %d requests"
              .formatted(frames, segments, requests));
    }
  }

  /**
   * The forecast for some machines.
   *
   * @param here whether these are the machines of this run
   * @param cores of all executors
   * @param tasksAtOnce on each executor
   * @param coreHours cores times wall time: what a cluster charges
   * @param memoryBytes of each executor at its peak, without what the process takes when idle
   * @param money in the currency of the prices; 0 without prices
   */
  public record Estimate(
      boolean here,
      int executors,
      int cores,
      int tasksAtOnce,
      double wallSeconds,
      double coreHours,
      long memoryBytes,
      double money) {
    public Estimate {
      if (executors < 1 || cores < executors || tasksAtOnce < 0 || !(wallSeconds >= 0)) {
        throw new IllegalArgumentException(
            "%d executors cannot have %d cores, %d tasks at once and %s s"
                .formatted(executors, cores, tasksAtOnce, wallSeconds));
      }
    }
  }

  /**
   * Computes a forecast.
   *
   * @param here the machines of this run
   * @param executors further numbers of executors, each with the cores that one has here
   * @param calibrationSeconds that measuring took
   */
  public static Forecast of(
      JobModel job,
      Cluster here,
      List<Integer> executors,
      Prices prices,
      double calibrationSeconds) {
    List<Estimate> estimates =
        IntStream.rangeClosed(0, executors.size())
            .mapToObj(
                i -> estimate(job, i == 0 ? here : here.with(executors.get(i - 1)), i == 0, prices))
            .toList();
    return new Forecast(
        job.frames(),
        job.segments(),
        estimates,
        (long) (job.memory().heap() + job.memory().other()),
        (long) job.workBytes(),
        (long) job.keptBytes(),
        (long) job.resultBytes(),
        job.requests(),
        calibrationSeconds);
  }

  private static Estimate estimate(JobModel job, Cluster cluster, boolean here, Prices prices) {
    double wall = job.wall(cluster);
    int cores = cluster.executors() * cluster.cores();
    double coreHours = wall * cores / 3600;
    int longest = job.stages().stream().mapToInt(List::size).max().orElse(1);
    int tasks = Math.min(cluster.slots(job.memory()), longest);
    return new Estimate(
        here,
        cluster.executors(),
        cores,
        tasks,
        wall,
        coreHours,
        (long) (tasks * (job.memory().heap() + job.memory().other())),
        prices.money(coreHours, job.requests()));
  }
}
