package io.reverie.jobs.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An http server on loopback that answers its requests as told, one after the other, on connections
 * of their own; the last answer is repeated.
 */
final class MisbehavingServer implements AutoCloseable {

  private static final Pattern RANGE = Pattern.compile("(?i)range: bytes=(\\d+)-");

  private final ServerSocket socket;
  private final List<Answer> answers;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new ArrayList<>();

  /** Answers one request, whose head and first byte wanted are given. */
  interface Answer {
    void write(int from, OutputStream out) throws IOException;
  }

  MisbehavingServer(Answer... answers) throws IOException {
    this.answers = List.of(answers);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "misbehaving server");
    thread.setDaemon(true);
    thread.start();
  }

  String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(socket.getLocalPort(), path);
  }

  URI proxy() {
    return URI.create(address(""));
  }

  /** The heads of the requests so far. */
  List<String> requests() {
    return requests;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        // Stays open, as if the server had forgotten it, unless the answer closes it.
        Socket connection = socket.accept();
        synchronized (open) {
          open.add(connection);
        }
        String head = head(connection.getInputStream());
        requests.add(head);
        Matcher range = RANGE.matcher(head);
        int from = range.find() ? Integer.parseInt(range.group(1)) : 0;
        Answer answer = answers.get(Math.min(requests.size(), answers.size()) - 1);
        answer.write(from, connection.getOutputStream());
      } catch (IOException e) {
        // The client hung up, or the test ended.
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; ) {
      head.append((char) next);
      if (head.indexOf("\r\n\r\n") >= 0) {
        break;
      }
      next = in.read();
    }
    return head.toString();
  }

  /** A whole file. */
  static Answer whole(byte[] content) {
    return (from, out) -> {
      write(out, "200 OK", content.length, "ETag: \"a\"");
      out.write(content);
      out.close();
    };
  }

  /** The first bytes of a file, then silence. */
  static Answer stall(byte[] content, int bytes) {
    return (from, out) -> {
      write(out, "200 OK", content.length, "ETag: \"a\"");
      out.write(content, 0, bytes);
      out.flush();
    };
  }

  /** Nothing at all. */
  static Answer silence() {
    return (from, out) -> {};
  }

  /** The first bytes of a file, then a cut. */
  static Answer cut(byte[] content, int bytes) {
    return (from, out) -> {
      write(out, "200 OK", content.length, "ETag: \"a\"");
      out.write(content, 0, bytes);
      out.close();
    };
  }

  /** The rest of a file from where the client asks. */
  static Answer rest(byte[] content) {
    return (from, out) -> {
      write(
          out,
          "206 Partial Content",
          content.length - from,
          "Content-Range: bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      out.write(content, from, content.length - from);
      out.close();
    };
  }

  /** Another part than the one asked for. */
  static Answer wrongRest(byte[] content) {
    return (from, out) -> {
      write(
          out,
          "206 Partial Content",
          content.length,
          "Content-Range: bytes 0-%d/%d".formatted(content.length - 1, content.length));
      out.write(content);
      out.close();
    };
  }

  /** Claims fewer bytes than the file has. */
  static Answer shortLength(byte[] content) {
    return (from, out) -> {
      write(out, "200 OK", content.length / 2, "ETag: \"a\"");
      out.write(content, 0, content.length / 2);
      out.close();
    };
  }

  static Answer status(String status) {
    return (from, out) -> {
      write(out, status, 0, "X: y");
      out.close();
    };
  }

  static Answer redirect(String address) {
    return (from, out) -> {
      write(out, "302 Found", 0, "Location: " + address);
      out.close();
    };
  }

  private static void write(OutputStream out, String status, int length, String header)
      throws IOException {
    out.write(
        "HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(status, length, header)
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      socket.close();
      synchronized (open) {
        for (Socket each : open) {
          each.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
