package io.reverie.jobs.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who has a lease, as its file says.
 *
 * @param id of this taking alone
 * @param host the machine
 * @param process its number there
 * @param since when it was taken
 * @param renewed when that was last confirmed
 * @param expires when it ends, if it is not renewed before
 * @param released whether it was given back
 */
public record Holder(
    String id,
    String host,
    long process,
    Instant since,
    Instant renewed,
    Instant expires,
    boolean released) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** This process, from now on. */
  static Holder here(Instant now, Duration ttl) {
    Instant from = now.truncatedTo(ChronoUnit.MILLIS);
    String id = UUID.randomUUID().toString();
    long process = ProcessHandle.current().pid();
    return new Holder(id, hostName(), process, from, from, from.plus(ttl), false);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a machine without a name";
    }
  }

  Holder renew(Instant now, Duration ttl) {
    return new Holder(id, host, process, since, now, now.plus(ttl), false);
  }

  Holder release(Instant now) {
    return new Holder(id, host, process, since, now, now, true);
  }

  /**
   * Whether another may take the lease. He waits a fifth longer than the holder works, for the
   * clocks of two machines differ.
   */
  boolean isOver(Instant now) {
    Duration patience = Duration.between(renewed, expires).dividedBy(5);
    return released || now.isAfter(expires.plus(patience));
  }

  byte[] json() throws IOException {
    return JSON.writeValueAsBytes(
        JSON.createObjectNode()
            .put("holder", id)
            .put("host", host)
            .put("process", process)
            .put("since", since.toString())
            .put("renewed", renewed.toString())
            .put("expires", expires.toString())
            .put("released", released));
  }

  static Holder of(Location file, byte[] json) throws IOException {
    try {
      JsonNode node = JSON.readTree(json);
      return new Holder(
          node.path("holder").asText(),
          node.path("host").asText(),
          node.path("process").asLong(),
          Instant.parse(node.path("since").asText()),
          Instant.parse(node.path("renewed").asText()),
          Instant.parse(node.path("expires").asText()),
          node.path("released").asBoolean());
    } catch (IOException | DateTimeException e) {
      throw new StorageException(file + ": this is no lease; delete it if no run is at work");
    }
  }

  @Override
  public String toString() {
    return "process %d on %s, since %s".formatted(process, host, since);
  }
}
