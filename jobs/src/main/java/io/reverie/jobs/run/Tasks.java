package io.reverie.jobs.run;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.operation.NamedJobs;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs one Spark task for each piece of work. */
public final class Tasks {

  private Tasks() {}

  /**
   * Runs tasks that hold no GPU, unless the user wants every task to.
   *
   * @param phase names them in Spark's own pages and in reports
   * @param ended receives each result on the driver as soon as its task ends, in any order, on
   *     Spark's event thread: it must not wait for anything
   * @return one result for each piece of work, in order
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      String phase,
      List<T> work,
      Function<T, R> task,
      Consumer<? super R> ended) {
    return run(spark, JobName.of(phase), work, task, ended);
  }

  /**
   * Runs tasks that hold no GPU, as above.
   *
   * @param name names them in Spark's own pages, in logs and in reports
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      JobName name,
      List<T> work,
      Function<T, R> task,
      Consumer<? super R> ended) {
    return run(spark, name, TaskGpu.NONE, work, task, ended);
  }

  /**
   * Runs the tasks; several threads may do so at once.
   *
   * @param name names them in Spark's own pages, in logs and in reports
   * @param gpu what each task holds of one
   * @param ended receives each result on the driver as soon as its task ends, in any order, on
   *     Spark's event thread, one at a time: it must not wait for anything
   * @return one result for each piece of work, in order
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      JobName name,
      TaskGpu gpu,
      List<T> work,
      Function<T, R> task,
      Consumer<? super R> ended) {
    List<List<R>> byTask =
        new ArrayList<>(Collections.nCopies(work.size(), Collections.<R>emptyList()));
    ClassTag<List<R>> type = ClassTag.apply(List.class);
    try (NamedJobs named = NamedJobs.start(spark.sc(), name, work.size())) {
      JavaRDD<R> results = gpu.on(spark, Locality.rdd(spark, work).map(task));
      spark
          .sc()
          .runJob(
              results.rdd(),
              new All<R>(),
              new AbstractFunction2<Object, List<R>, BoxedUnit>() {
                @Override
                public BoxedUnit apply(Object number, List<R> some) {
                  byTask.set((Integer) number, some);
                  some.forEach(ended);
                  return BoxedUnit.UNIT;
                }
              },
              type);
      named.done();
    }
    return byTask.stream().flatMap(List::stream).toList();
  }

  /** All elements of a partition. */
  private static final class All<R> extends AbstractFunction1<Iterator<R>, List<R>>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public List<R> apply(Iterator<R> elements) {
      List<R> all = new ArrayList<>();
      elements.foreach(all::add);
      return all;
    }
  }
}
