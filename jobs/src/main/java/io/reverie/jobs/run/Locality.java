package io.reverie.jobs.run;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;

/** Lets Spark run work on a machine that has its input, as those of HDFS may. */
public final class Locality {

  /** Work that is best done near a file. */
  public interface Located {
    /** The file, if there is one. */
    Optional<Location> place();
  }

  private Locality() {}

  /** Returns one partition for each piece of work, with the machines that have its input. */
  public static <T> JavaRDD<T> rdd(JavaSparkContext spark, List<T> work) {
    return spark.isLocal() || work.stream().noneMatch(Locality::isRemote)
        ? spark.parallelize(work, Math.max(1, work.size()))
        : near(spark, work, hosts(work));
  }

  private static boolean isRemote(Object work) {
    return place(work).filter(file -> !file.isLocal()).isPresent();
  }

  private static Optional<Location> place(Object work) {
    return work instanceof Located located ? located.place() : Optional.empty();
  }

  /** Asks once for each file, several at a time. */
  private static List<List<String>> hosts(List<?> work) {
    Map<Optional<Location>, List<String>> known = new ConcurrentHashMap<>();
    return work.parallelStream()
        .map(each -> known.computeIfAbsent(place(each), Locality::hostsOf))
        .toList();
  }

  /** Machines that are unknown delay no work. */
  private static List<String> hostsOf(Optional<Location> file) {
    try {
      return file.isEmpty() ? List.of() : Storage.of(file.get()).hosts(file.get());
    } catch (IOException e) {
      // The task will report it.
      return List.of();
    }
  }

  static <T> JavaRDD<T> near(JavaSparkContext spark, List<T> work, List<List<String>> hosts) {
    List<Tuple2<T, Seq<String>>> pairs = new ArrayList<>();
    for (int i = 0; i < work.size(); i++) {
      pairs.add(new Tuple2<>(work.get(i), seq(hosts.get(i))));
    }
    ClassTag<T> type = ClassTag.apply(Object.class);
    return JavaRDD.fromRDD(spark.sc().makeRDD(seq(pairs), type), type);
  }

  private static <E> Seq<E> seq(List<E> list) {
    return CollectionConverters.asScala(list).toList();
  }
}
