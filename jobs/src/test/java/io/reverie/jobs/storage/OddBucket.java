package io.reverie.jobs.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A read-only bucket on loopback with arbitrary keys. The servers that tests can start store
 * objects in folders, and so cannot have keys such as {@code ../x}.
 */
public final class OddBucket implements AutoCloseable {

  /** Image keys that are not valid paths below the bucket. */
  public static final List<String> ODD =
      List.of(
          "../../x.png",
          "a/../../y.png",
          "in/../../../z.png",
          "a//b.png",
          "/abs.png",
          "//host/c.png",
          "a/./d.png",
          "t.png/",
          "../line\nbreak.png");

  /** Keys that look odd but are valid names. */
  public static final List<String> PLAIN =
      List.of(
          "%2e%2e/e.png",
          "..\\..\\f.png", "a/b.png", "g\nh.png", "i\u0001.png", "j+k l.png", "..m.png");

  private static final String DATE = "Mon, 01 Jan 2024 00:00:00 GMT";

  private final Map<String, byte[]> objects = new TreeMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  /** Starts a server with one object under each of these keys. */
  public OddBucket(byte[] object) throws IOException {
    ODD.forEach(key -> objects.put(key, object));
    PLAIN.forEach(key -> objects.put(key, object));
    objects.put("folder/", new byte[0]);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      String key = exchange.getRequestURI().getPath().replaceFirst("^/[^/]*/?", "");
      if (query.contains("list-type=2")) {
        send(exchange, 200, listing(value(query, "prefix"), query.contains("encoding-type=url")));
      } else if (objects.containsKey(key)) {
        exchange.getResponseHeaders().set("ETag", etag(key));
        exchange.getResponseHeaders().set("Last-Modified", DATE);
        range(exchange, objects.get(key));
      } else {
        send(
            exchange,
            404,
            "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String value(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
        .findFirst()
        .orElse("");
  }

  private static String etag(String key) {
    return "\"" + Integer.toHexString(key.hashCode()) + "\"";
  }

  private byte[] listing(String prefix, boolean encoded) {
    String contents =
        objects.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .map(
                key ->
                    "<Contents><Key>%s</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>%s</ETag><Size>%d</Size></Contents>"
                        .formatted(
                            encoded ? URLEncoder.encode(key, StandardCharsets.UTF_8) : key,
                            etag(key),
                            objects.get(key).length))
            .collect(Collectors.joining());
    return "<ListBucketResult><IsTruncated>false</IsTruncated>%s%s</ListBucketResult>"
        .formatted(encoded ? "<EncodingType>url</EncodingType>" : "", contents)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void range(HttpExchange exchange, byte[] object) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, object);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int from = Integer.parseInt(ends[0]);
    int to =
        ends[1].isEmpty() ? object.length : Math.min(object.length, 1 + Integer.parseInt(ends[1]));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, object.length));
    send(exchange, 206, Arrays.copyOfRange(object, from, to));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!head) {
        out.write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
