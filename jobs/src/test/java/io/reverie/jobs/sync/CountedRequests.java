package io.reverie.jobs.sync;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts the requests of S3A; Hadoop instantiates it by its class name. */
public final class CountedRequests implements ExecutionInterceptor {

  private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

  static void clear() {
    COUNTS.clear();
  }

  /** Counts by the SDK's request names, such as ListObjectsV2Request. */
  static Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    COUNTS.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes attributes) {
    COUNTS
        .computeIfAbsent(sent.request().getClass().getSimpleName(), name -> new LongAdder())
        .increment();
  }
}
