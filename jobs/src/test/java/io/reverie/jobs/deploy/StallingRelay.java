package io.reverie.jobs.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes on what a client and a server say to each other, until a client sends its second big
 * request: of that and of all later ones only the beginning comes through, for ever.
 *
 * <p>Plain HTTP goes through it as it is, with this address for the server's; of HTTPS it is the
 * client's proxy, which passes on what it cannot read.
 */
final class StallingRelay implements AutoCloseable {

  private final URI server;
  private final long big;
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger bigOnes = new AtomicInteger();
  private final CountDownLatch stalled = new CountDownLatch(1);

  /**
   * Listens at a free port.
   *
   * @param big bytes of a request from which on it is one that may stall
   */
  StallingRelay(URI server, long big) throws IOException {
    this.server = server;
    this.big = big;
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  boolean isTunnel() {
    return "https".equals(server.getScheme());
  }

  /** Whether a request hangs. */
  boolean isStalled() {
    return stalled.getCount() == 0;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Threads end with their sockets. */
  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One side is gone.
                return;
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      open.add(client);
      start(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    if (isTunnel()) {
      answerConnect(client);
    }
    int port = server.getPort() > 0 ? server.getPort() : isTunnel() ? 443 : 80;
    Socket behind = new Socket(server.getHost(), port);
    open.add(behind);
    AtomicLong sent = new AtomicLong();
    start(() -> up(client, behind, sent));
    start(() -> down(behind, client, sent));
  }

  private static void answerConnect(Socket client) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        throw new IOException("no request");
      }
      request.append((char) next);
    }
    client
        .getOutputStream()
        .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** A request is what is sent between two answers. */
  private void up(Socket client, Socket behind, AtomicLong sent)
      throws IOException, InterruptedException {
    try (client;
        behind) {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        long before = sent.getAndAdd(count);
        if (before < big && before + count >= big && bigOnes.incrementAndGet() > 1) {
          stalled.countDown();
          // Until the client is gone.
          in.transferTo(OutputStream.nullOutputStream());
          return;
        }
        out.write(bytes, 0, count);
      }
    }
  }

  private static void down(Socket behind, Socket client, AtomicLong sent) throws IOException {
    try (behind;
        client) {
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        sent.set(0);
        out.write(bytes, 0, count);
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
