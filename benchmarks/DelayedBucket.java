import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * An object store for reading that answers each request after a delay and counts them.
 *
 * <pre>java DelayedBucket.java FOLDER MILLISECONDS PORT</pre>
 *
 * The buckets are the folders in FOLDER. {@code GET /counts} returns the number of requests by kind.
 */
public final class DelayedBucket {

  private static final int PAGE = 1000;

  private final Path root;
  private final long delay;
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, List<String>> keys = new HashMap<>();

  private DelayedBucket(Path root, long delay) {
    this.root = root;
    this.delay = delay;
  }

  public static void main(String[] words) throws IOException {
    DelayedBucket bucket = new DelayedBucket(Path.of(words[0]), Long.parseLong(words[1]));
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[2])),
            512);
    server.setExecutor(Executors.newFixedThreadPool(128));
    server.createContext("/", bucket::answer);
    server.start();
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestURI().getPath();
      if (path.equals("/counts")) {
        send(call, 200, counts.toString().getBytes(StandardCharsets.UTF_8));
        return;
      }
      Thread.sleep(delay);
      String query = call.getRequestURI().getRawQuery();
      boolean lists = query != null && query.contains("list-type=2");
      String kind = lists ? "LIST" : call.getRequestMethod();
      counts.computeIfAbsent(kind, k -> new LongAdder()).increment();
      if (lists) {
        list(call, path.replaceAll("/", ""), parameters(query));
      } else {
        object(call, root.resolve(path.substring(1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.split("&")) {
      int equals = each.indexOf('=');
      parameters.put(
          each.substring(0, equals),
          URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  /** The keys of a bucket, sorted; the bucket does not change. */
  private synchronized List<String> keys(String bucket) throws IOException {
    if (!keys.containsKey(bucket)) {
      Path folder = root.resolve(bucket);
      try (Stream<Path> files = Files.walk(folder)) {
        keys.put(
            bucket,
            files
                .filter(Files::isRegularFile)
                .map(file -> folder.relativize(file).toString())
                .sorted()
                .toList());
      }
    }
    return keys.get(bucket);
  }

  private void list(HttpExchange call, String bucket, Map<String, String> wanted)
      throws IOException {
    String prefix = wanted.getOrDefault("prefix", "");
    String after = wanted.getOrDefault("continuation-token", wanted.getOrDefault("start-after", ""));
    int most = Math.min(PAGE, Integer.parseInt(wanted.getOrDefault("max-keys", "1000")));
    List<String> page =
        keys(bucket).stream()
            .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
            .limit(most + 1L)
            .toList();
    boolean more = page.size() > most;
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult>");
    xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
    xml.append("<KeyCount>").append(Math.min(most, page.size())).append("</KeyCount>");
    for (String key : page.subList(0, Math.min(most, page.size()))) {
      Path file = root.resolve(bucket).resolve(key);
      xml.append("<Contents><Key>%s</Key><LastModified>%s</LastModified>"
          .formatted(key, Files.getLastModifiedTime(file)));
      xml.append("<ETag>\"%s\"</ETag><Size>%d</Size></Contents>"
          .formatted(etag(file), Files.size(file)));
    }
    if (more) {
      xml.append("<NextContinuationToken>%s</NextContinuationToken>".formatted(page.get(most - 1)));
    }
    xml.append("</ListBucketResult>");
    call.getResponseHeaders().set("Content-Type", "application/xml");
    send(call, 200, xml.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String etag(Path file) throws IOException {
    return Long.toHexString(Files.getLastModifiedTime(file).toMillis());
  }

  private static void object(HttpExchange call, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      call.sendResponseHeaders(404, -1);
      return;
    }
    long from = 0;
    long to = Files.size(file);
    String range = call.getRequestHeaders().getFirst("Range");
    if (range != null) {
      String[] ends = range.substring("bytes=".length()).split("-");
      from = Long.parseLong(ends[0]);
      to = ends.length > 1 ? Math.min(to, Long.parseLong(ends[1]) + 1) : to;
      call.getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, Files.size(file)));
    }
    call.getResponseHeaders().set("ETag", '"' + etag(file) + '"');
    call.getResponseHeaders().set("Last-Modified", modified(file));
    if (call.getRequestMethod().equals("HEAD")) {
      call.getResponseHeaders().set("Content-Length", Long.toString(to - from));
      call.sendResponseHeaders(200, -1);
      return;
    }
    byte[] content = new byte[(int) (to - from)];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(from);
      in.readFully(content);
    }
    send(call, range == null ? 200 : 206, content);
  }

  private static String modified(Path file) throws IOException {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        ZonedDateTime.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC));
  }

  private static void send(HttpExchange call, int status, byte[] content) throws IOException {
    call.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    try (OutputStream out = call.getResponseBody()) {
      out.write(content);
    }
  }
}
