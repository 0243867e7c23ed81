package io.reverie.jobs.run;

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
   * Runs the tasks.
   *
   * @param title names them in Spark's own pages and in reports
   * @param ended receives each result on the driver as soon as its task ends, in any order, on
   *     Spark's event thread: it must not wait for anything
   * @return one result for each piece of work, in order
   */
  public static <T, R> List<R> run(
      JavaSparkContext spark,
      String title,
      List<T> work,
      Function<T, R> task,
      Consumer<? super R> ended) {
    List<List<R>> byTask =
        new ArrayList<>(Collections.nCopies(work.size(), Collections.<R>emptyList()));
    JavaRDD<R> results = Locality.rdd(spark, work).map(task);
    ClassTag<List<R>> type = ClassTag.apply(List.class);
    spark.sc().setJobDescription(title);
    try {
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
    } finally {
      spark.sc().setJobDescription(null);
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
