package io.reverie.jobs.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reverie.jobs.error.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A lock that one process on any machine holds at a time.
 *
 * <p>It is a folder of numbered files, of which the highest counts: whoever created it is the
 * holder. Taking, taking over and renewing are the same step, creating the next number, in which
 * only one process can succeed: a compare-and-swap on any storage. The highest file is never
 * deleted. A process that created a lower number from a stale listing sees the higher one, and has
 * lost.
 *
 * <p>A holder that has not renewed within the time to live is considered dead. Clocks of machines
 * may differ by less than four fifths of that time.
 */
public final class Lease implements AutoCloseable {

  /** Number of renewals within the time to live. */
  private static final int RENEWALS = 5;

  private static final int ATTEMPTS = 20;
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** In milliseconds: a holder whose clock is further ahead is ignored. */
  private static final long SKEW = 24 * 3600 * 1000L;

  /** Maximum size of a lease file. */
  private static final int MAX_BYTES = 64 << 10;

  /** Maximum number: half of what a name has room for, since each run creates many. */
  private static final long MAX_NUMBER = 500_000_000_000L;

  private final LeaseFiles files;
  private final Duration ttl;
  private final Clock clock;
  private final Content content;
  private final Optional<ScheduledExecutorService> scheduler;
  private long number;
  private long renewed;
  private volatile boolean held;

  /**
   * The content of a numbered file.
   *
   * @param id unique to this lease
   * @param holder description for people
   * @param renewed milliseconds since 1970, by the holder's clock
   * @param released whether it has been given back
   */
  private record Content(int version, String id, String holder, long renewed, boolean released) {

    Content release() {
      return new Content(version, id, holder, renewed, true);
    }

    Content at(long now) {
      return new Content(version, id, holder, now, released);
    }
  }

  private Lease(
      LeaseFiles files,
      Duration ttl,
      Clock clock,
      Content content,
      long number,
      Optional<ScheduledExecutorService> scheduler) {
    this.files = files;
    this.ttl = ttl;
    this.clock = clock;
    this.content = content;
    this.number = number;
    this.scheduler = scheduler;
    this.renewed = clock.millis();
    this.held = number > 0;
  }

  /**
   * Takes the lease if it is free, and renews it until it is closed.
   *
   * @param warnings receives a sentence, in another thread, for each renewal that fails
   * @return a lease that is held, or one that names the current holder
   */
  public static Lease take(Location folder, Duration ttl, Consumer<String> warnings)
      throws IOException {
    ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lease");
              thread.setDaemon(true);
              return thread;
            });
    LeaseFiles files = new LeaseFiles(Storage.of(folder), folder);
    Lease lease = take(files, ttl, Clock.systemUTC(), Optional.of(scheduler));
    if (!lease.isHeld()) {
      scheduler.shutdown();
      return lease;
    }
    long pause = ttl.toMillis() / RENEWALS;
    // Shut down with the lease.
    var unused =
        scheduler.scheduleWithFixedDelay(
            () -> lease.tryToRenew(warnings), pause, pause, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Takes the lease without automatic renewal. */
  static Lease take(Storage storage, Location folder, Duration ttl, Clock clock)
      throws IOException {
    return take(new LeaseFiles(storage, folder), ttl, clock, Optional.empty());
  }

  private static Lease take(
      LeaseFiles files, Duration ttl, Clock clock, Optional<ScheduledExecutorService> scheduler)
      throws IOException {
    String id = UUID.randomUUID().toString();
    String holder = process() + " since " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Content own = new Content(VERSION, id, holder, clock.millis(), false);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileEntry> newest = files.newest();
      long next = newest.map(LeaseFiles::number).orElse(0L) + 1;
      if (next > MAX_NUMBER) {
        throw LeaseFiles.foreign(newest.get().location());
      }
      if (newest.isPresent()) {
        Optional<Content> content = files.content(newest.get().location());
        if (content.isEmpty()) {
          // The holder has just renewed it.
          continue;
        }
        long sinceRenewal = clock.millis() - content.get().renewed();
        boolean fresh = sinceRenewal < ttl.toMillis() && sinceRenewal > -SKEW;
        if (fresh && !content.get().released()) {
          return new Lease(files, ttl, clock, content.get(), 0, Optional.empty());
        }
      }
      if (files.tryCreate(next, own)) {
        return new Lease(files, ttl, clock, own, next, scheduler);
      }
    }
    Content others =
        new Content(VERSION, "", "several other processes, one after another", 0, false);
    return new Lease(files, ttl, clock, others, 0, Optional.empty());
  }

  private static String process() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "an unnamed host";
    }
    return "process %d on %s".formatted(ProcessHandle.current().pid(), host);
  }

  /** The folder of numbered files. */
  private record LeaseFiles(Storage storage, Location folder) {

    Optional<FileEntry> newest() throws IOException {
      return all().stream().max(Comparator.comparingLong(LeaseFiles::number));
    }

    private List<FileEntry> all() throws IOException {
      try (Stream<FileEntry> files = storage.list(folder)) {
        return files.filter(entry -> entry.location().name().matches("\\d{12}")).toList();
      }
    }

    static long number(FileEntry entry) {
      return Long.parseLong(entry.location().name());
    }

    /** Reads a file; empty if it was deleted, which means that a higher number exists. */
    Optional<Content> content(Location number) throws IOException {
      try (InputStream in = storage.read(number)) {
        byte[] bytes = SmallFile.read(in, MAX_BYTES).orElseThrow(() -> foreign(number));
        return Optional.of(JSON.readValue(bytes, Content.class));
      } catch (FileNotFoundException | NoSuchFileException e) {
        return Optional.empty();
      } catch (JsonProcessingException e) {
        throw foreign(number);
      }
    }

    private static UserException foreign(Location number) {
      return UserException.environment(
          "%s is not a lease file of Reverie; delete it if no other run is active there"
              .formatted(number));
    }

    /** Creates a number; returns whether it is the highest. */
    boolean tryCreate(long number, Content content) throws IOException {
      Location file = folder.resolve("%012d".formatted(number));
      // If the response to a creation was lost, the retry finds its own file.
      if (!storage.create(file, JSON.writeValueAsBytes(content))
          && !content(file).equals(Optional.of(content))) {
        return false;
      }
      List<FileEntry> all = all();
      if (all.stream().anyMatch(entry -> number(entry) > number)) {
        storage.delete(file);
        return false;
      }
      for (FileEntry entry : all) {
        if (number(entry) < number) {
          storage.delete(entry.location());
        }
      }
      return true;
    }
  }

  /** Returns whether this process holds the lease; does no I/O. */
  public synchronized boolean isHeld() {
    return held && clock.millis() < renewed + ttl.toMillis();
  }

  /** Describes the holder for people. */
  public String holder() {
    return content.holder();
  }

  /** Extends the lease; if another process has taken it over, it is lost for good. */
  synchronized void renew() throws IOException {
    if (held) {
      held = isOurs() && files.tryCreate(number + 1, content.at(clock.millis()));
      if (held) {
        number++;
        renewed = clock.millis();
      }
    }
  }

  /** Checks the newest number, since a creation may have succeeded although it seemed to fail. */
  private boolean isOurs() throws IOException {
    Optional<FileEntry> newest = files.newest();
    if (newest.isEmpty()) {
      return false;
    }
    number = LeaseFiles.number(newest.get());
    return files
        .content(newest.get().location())
        .filter(c -> c.id().equals(content.id()))
        .isPresent();
  }

  /** Continues after a failure: later renewals may still succeed within the time to live. */
  void tryToRenew(Consumer<String> warnings) {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      warnings.accept(
          "could not renew the lease in %s, will retry: %s".formatted(files.folder(), e));
    }
  }

  /** Releases the lease if this process holds it. */
  @Override
  public synchronized void close() throws IOException {
    scheduler.ifPresent(ScheduledExecutorService::shutdown);
    if (isHeld() && isOurs()) {
      held = false;
      files.tryCreate(number + 1, content.release());
    }
  }
}
