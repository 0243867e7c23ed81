package io.reverie.jobs.sync;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Counts what S3A asks a server for; Hadoop makes it by its name. */
public final class CountedRequests implements ExecutionInterceptor {

  private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

  static void clear() {
    COUNTS.clear();
  }

  /** By the names of the SDK's requests, such as ListObjectsV2Request. */
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
