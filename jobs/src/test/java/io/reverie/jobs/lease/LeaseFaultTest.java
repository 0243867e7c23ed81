package io.reverie.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.FaultyProxy;
import io.reverie.jobs.storage.FaultyProxy.Fault;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.S3Server;
import io.reverie.jobs.storage.Storage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases on object stores that lose responses, or cannot create objects conditionally. */
class LeaseFaultTest {

  private static final Duration TTL = Duration.ofMinutes(5);

  private static S3Server server;
  private static FaultyProxy proxy;
  private static Location bucket;

  private final Location folder = bucket.resolve(UUID.randomUUID().toString());

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.startOpen();
    proxy = new FaultyProxy(server.uri());
    bucket = server.bucket("lease-fault-test");
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @BeforeEach
  void reset() {
    proxy.reset();
  }

  private Storage storage() throws IOException {
    return S3Server.storage(bucket, proxy.uri());
  }

  private Lease take() throws IOException {
    return Lease.take(storage(), folder, TTL, Clock.systemUTC());
  }

  private static boolean isPut(String request) {
    return request.startsWith("PUT");
  }

  @Test
  void aLeaseIsTakenAlthoughTheResponseIsLost() throws IOException {
    proxy.fail(Fault.LOST, 1, LeaseFaultTest::isPut);
    try (Lease lease = take()) {
      assertThat(lease.isHeld()).isTrue();
      proxy.fail(Fault.LOST, 1, LeaseFaultTest::isPut);
      lease.renew();
      assertThat(lease.isHeld()).isTrue();
      assertThat(take().isHeld()).isFalse();
      assertThat(proxy.isDone()).isTrue();
    }
  }

  @Test
  void aStoreThatIgnoresTheConditionIsFoundOut() throws IOException {
    proxy.fail(Fault.UNCONDITIONAL, Integer.MAX_VALUE, LeaseFaultTest::isPut);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + ": the store ignores conditional writes (If-None-Match of PutObject), so two runs could do the same work at once; use a store that supports them, or set sync.lease=none if your scheduler never starts two runs");
    assertThat(files()).isEmpty();
  }

  @Test
  void aStoreThatRefusesTheConditionIsFoundOut() throws IOException {
    proxy.fail(Fault.UNIMPLEMENTED, Integer.MAX_VALUE, LeaseFaultTest::isPut);
    assertThatThrownBy(this::take)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder + ": the store refuses conditional writes (If-None-Match")
        .hasMessageContaining("sync.lease=none");
    assertThat(files()).isEmpty();
  }

  @Test
  void aConditionThatIsSwitchedOffIsNamed() throws IOException {
    Configuration off = new Configuration(false);
    off.set("fs.s3a.create.conditional.enabled", "false");
    Storage storage = S3Server.storage(bucket, proxy.uri(), off);
    assertThatThrownBy(() -> Lease.take(storage, folder, TTL, Clock.systemUTC()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("fs.s3a.create.conditional.enabled=false switches off conditional");
  }

  @Test
  void ofManyOnAStoreThatIgnoresTheConditionNobodyHoldsALease() throws Exception {
    proxy.fail(Fault.UNCONDITIONAL, Integer.MAX_VALUE, LeaseFaultTest::isPut);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> held = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        held.add(threads.submit(this::isHeldOrRefused));
      }
      for (Future<Boolean> each : held) {
        assertThat(each.get()).isFalse();
      }
    } finally {
      threads.shutdown();
    }
  }

  private boolean isHeldOrRefused() throws IOException {
    try (Lease lease = take()) {
      return lease.isHeld();
    } catch (UserException e) {
      assertThat(e).hasMessageContaining("conditional writes");
      return false;
    }
  }

  @Test
  void takingAndReturningALeaseSendsFewRequests() throws IOException {
    take().close();
    proxy.reset();
    try (Lease lease = take()) {
      assertThat(lease.isHeld()).isTrue();
    }
    proxy.requests().forEach(System.out::println);
    assertThat(proxy.count(request -> true)).isLessThanOrEqualTo(14);
  }

  private List<String> files() throws IOException {
    try (Stream<io.reverie.jobs.storage.FileEntry> files = storage().list(folder)) {
      return files.map(file -> file.location().name()).toList();
    }
  }
}
