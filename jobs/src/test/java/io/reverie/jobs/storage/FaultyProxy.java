package io.reverie.jobs.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A proxy that counts the requests to a server and makes some of them fail. */
public final class FaultyProxy implements AutoCloseable {

  public enum Fault {
    /** The server refuses and expects a retry. */
    OVERLOADED,
    /** The server is broken. */
    BROKEN,
    /** The server reports a conflict with a pending request. */
    CONFLICT,
    /** The connection ends in the middle of the response. */
    CUT,
    /** The server executes the request, but its response is lost. */
    LOST,
    /** The server ignores the condition of a conditional write. */
    UNCONDITIONAL,
    /** The server does not implement conditional writes. */
    UNIMPLEMENTED,
    /** No fault. */
    NONE
  }

  private record Rule(Predicate<String> request, Fault fault, AtomicInteger times) {
    boolean applies(String asked) {
      return request.test(asked) && times.getAndDecrement() > 0;
    }
  }

  /** Headers that the JDK's client and server set themselves. */
  private static final Set<String> OWN =
      Set.of(
          "connection", "content-length", "date", "expect", "host", "transfer-encoding", "upgrade");

  private static final String CONDITION = "If-None-Match";

  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile Duration latency = Duration.ZERO;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  public FaultyProxy(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Makes the next matching requests fail.
   *
   * @param request matches "METHOD /bucket/key?query"
   */
  public void fail(Fault fault, int times, Predicate<String> request) {
    rules.add(new Rule(request, fault, new AtomicInteger(times)));
  }

  /** Simulates a distant server, for measurements. */
  public void slow(Duration latency, long bytesPerSecond) {
    this.latency = latency;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Removes all faults and resets the counters. */
  public void reset() {
    rules.clear();
    requests.clear();
    bytes.set(0);
  }

  /** Whether all faults have been used up. */
  public boolean isDone() {
    return rules.stream().allMatch(rule -> rule.times().get() <= 0);
  }

  /** All requests since the last reset, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The number of matching requests. */
  public long count(Predicate<String> request) {
    return requests.stream().filter(request).count();
  }

  /** The number of bytes sent in responses. */
  public long bytes() {
    return bytes.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(request);
      LockSupport.parkNanos(latency.toNanos());
      Fault fault =
          rules.stream()
              .filter(rule -> rule.applies(request))
              .map(Rule::fault)
              .findFirst()
              .orElse(Fault.NONE);
      switch (fault) {
        case OVERLOADED -> refuse(exchange, 503, "SlowDown");
        case BROKEN -> refuse(exchange, 500, "InternalError");
        case CONFLICT -> refuse(exchange, 409, "ConditionalRequestConflict");
        case UNIMPLEMENTED -> {
          if (exchange.getRequestHeaders().containsKey(CONDITION)) {
            refuse(exchange, 501, "NotImplemented");
          } else {
            forward(exchange, body, fault);
          }
        }
        default -> forward(exchange, body, fault);
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>A page of text</Message></Error>"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private void forward(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              boolean dropped = fault == Fault.UNCONDITIONAL && name.equalsIgnoreCase(CONDITION);
              if (!dropped && !OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream in = response.body()) {
      if (fault != Fault.LOST) {
        pass(exchange, response, in, fault);
      }
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void pass(
      HttpExchange exchange, HttpResponse<InputStream> response, InputStream in, Fault fault)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    OptionalLong told = response.headers().firstValueAsLong("content-length");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(told.orElse(0)));
      exchange.sendResponseHeaders(response.statusCode(), -1);
      return;
    }
    // Chunked bodies are short.
    InputStream whole = told.isPresent() ? in : new ByteArrayInputStream(in.readAllBytes());
    long length = told.orElse(whole.available());
    exchange.sendResponseHeaders(response.statusCode(), length == 0 ? -1 : length);
    copy(whole, exchange.getResponseBody(), fault == Fault.CUT ? length / 2 : length);
  }

  private void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long begin = System.nanoTime();
    for (long rest = length; rest > 0; ) {
      int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, rest));
      if (read == 0) {
        throw new IOException("the server's answer is too short");
      }
      // Counts before sending, or the client could query the counter too early.
      bytes.addAndGet(read);
      out.write(buffer, 0, read);
      rest -= read;
      long due = (long) ((length - rest) * 1e9 / bytesPerSecond);
      LockSupport.parkNanos(due - (System.nanoTime() - begin));
    }
    out.flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
