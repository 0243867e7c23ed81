package io.reverie.jobs.kept;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** What tasks report of the dreams of stills. */
public record KeptCounter(LongAccumulator used, LongAccumulator kept, LongAccumulator bytes)
    implements Serializable {

  public static KeptCounter of(SparkContext spark) {
    return new KeptCounter(
        spark.longAccumulator("used dreams"),
        spark.longAccumulator("kept dreams"),
        spark.longAccumulator("bytes of kept dreams"));
  }
}
