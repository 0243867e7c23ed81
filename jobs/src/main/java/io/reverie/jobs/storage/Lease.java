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
import java.util.stream.Stream;

/**
 * The right to work somewhere, which one process among all machines has at a time.
 *
 * <p>It is a folder of numbered files, of which the highest counts: who has created it is the
 * holder. Taking, taking over and renewing are one step, to create the next number, in which one of
 * several succeeds: a compare-and-swap on any storage. The highest is never deleted; who has
 * created a number that was not the next, out of a listing that was old, sees the higher one, and
 * has lost.
 *
 * <p>A holder that has not renewed for the time to live is taken for dead. The clocks of machines
 * may differ by less than four fifths of that time.
 */
public final class Lease implements AutoCloseable {

  /** How often a lease is renewed within its time to live. */
  private static final int RENEWALS = 5;

  private static final int ATTEMPTS = 20;
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** In milliseconds; who is further ahead of us is no holder. */
  private static final long SKEW = 24 * 3600 * 1000L;

  /** Of a lease, in bytes. */
  private static final int LARGEST = 64 << 10;

  /** Of a number; half of what names have room for, since each run needs many. */
  private static final long HIGHEST = 500_000_000_000L;

  private final Place place;
  private final Duration ttl;
  private final Clock clock;
  private final Content content;
  private final Optional<ScheduledExecutorService> renewing;
  private long number;
  private long renewed;
  private volatile boolean held;

  /**
   * What a number says.
   *
   * @param id of the lease, which no other one has
   * @param holder for people
   * @param renewed milliseconds since 1970, by the holder's clock
   * @param released whether it is nobody's any more
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
      Place place,
      Duration ttl,
      Clock clock,
      Content content,
      long number,
      Optional<ScheduledExecutorService> renewing) {
    this.place = place;
    this.ttl = ttl;
    this.clock = clock;
    this.content = content;
    this.number = number;
    this.renewing = renewing;
    this.renewed = clock.millis();
    this.held = number > 0;
  }

  /**
   * Takes it, if nobody has it, and renews it until it is closed.
   *
   * @return one that is held, or one that says who holds it
   */
  public static Lease take(Location folder, Duration ttl) throws IOException {
    ScheduledExecutorService renewing =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "lease");
              thread.setDaemon(true);
              return thread;
            });
    Place place = new Place(Storage.of(folder), folder);
    Lease lease = take(place, ttl, Clock.systemUTC(), Optional.of(renewing));
    if (!lease.isHeld()) {
      renewing.shutdown();
      return lease;
    }
    long pause = ttl.toMillis() / RENEWALS;
    // Ends with the lease.
    var unused =
        renewing.scheduleWithFixedDelay(lease::tryToRenew, pause, pause, TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Takes it without renewing. */
  static Lease take(Storage storage, Location folder, Duration ttl, Clock clock)
      throws IOException {
    return take(new Place(storage, folder), ttl, clock, Optional.empty());
  }

  private static Lease take(
      Place place, Duration ttl, Clock clock, Optional<ScheduledExecutorService> renewing)
      throws IOException {
    String id = UUID.randomUUID().toString();
    String holder = process() + " since " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Content own = new Content(VERSION, id, holder, clock.millis(), false);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Entry> newest = place.newest();
      long next = newest.map(Place::number).orElse(0L) + 1;
      if (next > HIGHEST) {
        throw Place.foreign(newest.get().location());
      }
      if (newest.isPresent()) {
        Optional<Content> content = place.content(newest.get().location());
        if (content.isEmpty()) {
          // Renewed at this very moment.
          continue;
        }
        long age = clock.millis() - content.get().renewed();
        boolean fresh = age < ttl.toMillis() && age > -SKEW;
        if (fresh && !content.get().released()) {
          return new Lease(place, ttl, clock, content.get(), 0, Optional.empty());
        }
      }
      if (place.isWon(next, own)) {
        return new Lease(place, ttl, clock, own, next, renewing);
      }
    }
    Content others = new Content(VERSION, "", "others who come and go", 0, false);
    return new Lease(place, ttl, clock, others, 0, Optional.empty());
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

  /** The folder of numbers. */
  private record Place(Storage storage, Location folder) {

    Optional<Entry> newest() throws IOException {
      return all().stream().max(Comparator.comparingLong(Place::number));
    }

    private List<Entry> all() throws IOException {
      try (Stream<Entry> files = storage.list(folder)) {
        return files.filter(entry -> entry.location().name().matches("\\d{12}")).toList();
      }
    }

    static long number(Entry entry) {
      return Long.parseLong(entry.location().name());
    }

    /** Empty if it is gone: there is a higher one. */
    Optional<Content> content(Location number) throws IOException {
      try (InputStream in = storage.read(number)) {
        byte[] bytes = SmallFile.read(in, LARGEST).orElseThrow(() -> foreign(number));
        return Optional.of(JSON.readValue(bytes, Content.class));
      } catch (FileNotFoundException | NoSuchFileException e) {
        return Optional.empty();
      } catch (JsonProcessingException e) {
        throw foreign(number);
      }
    }

    private static UserException foreign(Location number) {
      return UserException.environment(
          "%s is no lease of Reverie's; delete it if no other run works there".formatted(number));
    }

    /** Creates a number, and sees whether it is the highest. */
    boolean isWon(long number, Content content) throws IOException {
      Location file = folder.resolve("%012d".formatted(number));
      // Where the answer to a creation was lost, its repetition finds its own file.
      if (!storage.create(file, JSON.writeValueAsBytes(content))
          && !content(file).equals(Optional.of(content))) {
        return false;
      }
      List<Entry> all = all();
      if (all.stream().anyMatch(entry -> number(entry) > number)) {
        storage.delete(file);
        return false;
      }
      for (Entry entry : all) {
        if (number(entry) < number) {
          storage.delete(entry.location());
        }
      }
      return true;
    }
  }

  /** Whether it is ours; costs nothing. */
  public synchronized boolean isHeld() {
    return held && clock.millis() < renewed + ttl.toMillis();
  }

  /** Who holds it, as people know it. */
  public String holder() {
    return content.holder();
  }

  /** Says that we live; if somebody has taken it over, it is lost for good. */
  synchronized void renew() throws IOException {
    if (held) {
      held = isOurs() && place.isWon(number + 1, content.at(clock.millis()));
      if (held) {
        number++;
        renewed = clock.millis();
      }
    }
  }

  /** A number may have been created although its creation seemed to fail. */
  private boolean isOurs() throws IOException {
    Optional<Entry> newest = place.newest();
    if (newest.isEmpty()) {
      return false;
    }
    number = Place.number(newest.get());
    return place
        .content(newest.get().location())
        .filter(c -> c.id().equals(content.id()))
        .isPresent();
  }

  /** What fails may succeed the next time, until the time to live is over. */
  private void tryToRenew() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      System.err.println("reverie: the lease could not be renewed, trying again: " + e);
    }
  }

  /** Gives it back, if it is ours. */
  @Override
  public synchronized void close() throws IOException {
    renewing.ifPresent(ScheduledExecutorService::shutdown);
    if (isHeld() && isOurs()) {
      held = false;
      place.isWon(number + 1, content.release());
    }
  }
}
