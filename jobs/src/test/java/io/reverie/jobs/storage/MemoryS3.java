package io.reverie.jobs.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bucket in memory, on loopback, fast enough for a million keys: s3proxy searches all of them
 * for each page. Counts requests by kind.
 */
public final class MemoryS3 implements AutoCloseable {

  /** An object; large listings need no content. */
  private record Stored(byte[] content, String etag, Instant modified) {}

  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
  private static final int PAGE = 1000;

  private final NavigableMap<String, Stored> objects =
      new ConcurrentSkipListMap<>(S3Split::compare);
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Duration latency = Duration.ZERO;

  public MemoryS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Simulates a distant store. */
  public void slow(Duration time) {
    latency = time;
  }

  /** Puts an object without a request. */
  public void put(String key, byte[] content) {
    objects.put(key, stored(content));
  }

  private Stored stored(byte[] content) {
    return new Stored(
        content,
        "\"%032x\"".formatted(versions.incrementAndGet()),
        Instant.ofEpochMilli(System.currentTimeMillis()));
  }

  /** All keys with a prefix. */
  public long count(String prefix) {
    return objects.tailMap(prefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .count();
  }

  /** The number of requests of each kind since the last call. */
  public Map<String, Long> requests() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((kind, count) -> all.put(kind, count.sumThenReset()));
    all.values().removeIf(count -> count == 0);
    return all;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      LockSupport.parkNanos(latency.toNanos());
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      String key = exchange.getRequestURI().getPath().replaceFirst("^/[^/]*/?", "");
      String method = exchange.getRequestMethod();
      String kind = query.contains("list-type=2") ? "LIST" : method;
      counts.computeIfAbsent(kind, each -> new LongAdder()).increment();
      switch (kind) {
        case "LIST" -> send(exchange, 200, list(query));
        case "PUT" -> put(exchange, key, decoded(exchange, body));
        case "GET", "HEAD" -> get(exchange, key);
        case "DELETE" -> {
          objects.remove(key);
          send(exchange, 204, new byte[0]);
        }
        case "POST" -> send(exchange, 200, delete(new String(body, StandardCharsets.UTF_8)));
        default -> send(exchange, 405, new byte[0]);
      }
    }
  }

  private void put(HttpExchange exchange, String key, byte[] content) throws IOException {
    Stored stored = stored(content);
    boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
    Stored before = conditional ? objects.putIfAbsent(key, stored) : objects.put(key, stored);
    if (conditional && before != null) {
      send(exchange, 412, error("PreconditionFailed"));
      return;
    }
    exchange.getResponseHeaders().set("ETag", stored.etag());
    send(exchange, 200, new byte[0]);
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    Stored stored = objects.get(key);
    if (stored == null) {
      send(exchange, 404, error("NoSuchKey"));
      return;
    }
    String wanted = exchange.getRequestHeaders().getFirst("If-Match");
    if (wanted != null && !wanted.replace("\"", "").equals(stored.etag().replace("\"", ""))) {
      send(exchange, 412, error("PreconditionFailed"));
      return;
    }
    exchange.getResponseHeaders().set("ETag", stored.etag());
    exchange.getResponseHeaders().set("Last-Modified", HTTP.format(stored.modified()));
    byte[] content = stored.content();
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to =
        ends[1].isEmpty()
            ? content.length
            : Math.min(content.length, 1 + Integer.parseInt(ends[1]));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, content.length));
    send(exchange, 206, Arrays.copyOfRange(content, from, to));
  }

  private byte[] list(String query) {
    String prefix = value(query, "prefix");
    String token = value(query, "continuation-token");
    String after =
        token.isEmpty()
            ? value(query, "start-after")
            : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    String max = value(query, "max-keys");
    int limit = max.isEmpty() ? PAGE : Math.min(PAGE, Integer.parseInt(max));
    boolean encoded = query.contains("encoding-type=url");
    String start = S3Split.compare(after, prefix) < 0 ? prefix : after;
    StringBuilder contents = new StringBuilder();
    int count = 0;
    String last = "";
    boolean truncated = false;
    for (Map.Entry<String, Stored> each :
        objects.tailMap(start, !start.equals(after) || after.isEmpty()).entrySet()) {
      if (!each.getKey().startsWith(prefix)) {
        break;
      }
      if (count == limit) {
        truncated = true;
        break;
      }
      count++;
      last = each.getKey();
      contents
          .append("<Contents><Key>")
          .append(encoded ? URLEncoder.encode(last, StandardCharsets.UTF_8) : last)
          .append("</Key><LastModified>")
          .append(each.getValue().modified())
          .append("</LastModified><ETag>")
          .append(each.getValue().etag())
          .append("</ETag><Size>")
          .append(each.getValue().content().length)
          .append("</Size></Contents>");
    }
    return "<ListBucketResult><IsTruncated>%s</IsTruncated>%s%s<KeyCount>%d</KeyCount>%s</ListBucketResult>"
        .formatted(
            truncated,
            truncated
                ? "<NextContinuationToken>%s</NextContinuationToken>".formatted(token(last))
                : "",
            encoded ? "<EncodingType>url</EncodingType>" : "",
            count,
            contents)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] delete(String body) {
    Matcher keys = KEY.matcher(body);
    while (keys.find()) {
      objects.remove(keys.group(1).replace("&amp;", "&"));
    }
    return "<DeleteResult></DeleteResult>".getBytes(StandardCharsets.UTF_8);
  }

  private static String value(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        return URLDecoder.decode(part.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  /** Removes the framing of a body that is sent in signed chunks. */
  private static byte[] decoded(HttpExchange exchange, byte[] body) {
    if (!exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length")) {
      return body;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int end = at;
      while (body[end] != '\r') {
        end++;
      }
      String header = new String(body, at, end - at, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(header.replaceFirst(";.*", ""), 16);
      if (length == 0) {
        return content.toByteArray();
      }
      content.write(body, end + 2, length);
      at = end + 2 + length + 2;
    }
  }

  private static byte[] error(String code) {
    return "<Error><Code>%s</Code></Error>".formatted(code).getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
