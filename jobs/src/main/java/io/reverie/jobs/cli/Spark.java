package io.reverie.jobs.cli;

import io.reverie.jobs.UserException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark: where spark-submit has not said otherwise, in this process. */
final class Spark {

  /** All cores, and four attempts: plain local[*] never retries. */
  private static final String EMBEDDED = "local[*,4]";

  private Spark() {}

  /**
   * A context; the caller closes.
   *
   * @param words {@code --master M} and {@code --conf KEY=VALUE}
   */
  static JavaSparkContext start(List<String> words) {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "reverie");
    Iterator<String> next = words.iterator();
    while (next.hasNext()) {
      String word = next.next();
      if (!next.hasNext() || !(word.equals("--master") || word.equals("--conf"))) {
        throw UserException.usage(
            "after -- Spark takes --master M and --conf KEY=VALUE here, not '%s'; set SPARK_HOME for spark-submit's other options"
                .formatted(word));
      }
      set(conf, word, next.next());
    }
    conf.setIfMissing("spark.master", EMBEDDED);
    return new JavaSparkContext(conf);
  }

  private static void set(SparkConf conf, String word, String value) {
    if (word.equals("--master")) {
      conf.set("spark.master", value);
      return;
    }
    int equals = value.indexOf('=');
    if (equals < 1) {
      throw UserException.usage("--conf wants KEY=VALUE, not '%s'".formatted(value));
    }
    conf.set(value.substring(0, equals), value.substring(equals + 1));
  }
}
