package io.reverie.jobs.network;

import io.reverie.jobs.progress.Bar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Transfers one file over http: resumes after a cut, gives up an idle connection, and tries again
 * after a pause.
 */
final class Transfer {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNSATISFIABLE = 416;

  /** Statuses that may be temporary. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final HttpClient client;
  private final Patience patience;
  private final URI address;
  private final FileChannel part;
  private final String name;

  /** Tells the version of the file, so that parts of two versions are not joined. */
  private Optional<String> version = Optional.empty();

  /**
   * Prepares a transfer.
   *
   * @param part receives the file; its content is the file's beginning
   * @param name of the file, for the progress bar
   */
  Transfer(HttpClient client, Patience patience, URI address, FileChannel part, String name) {
    this.client = client;
    this.patience = patience;
    this.address = address;
    this.part = part;
    this.name = name;
  }

  /** A failure after which another attempt makes no sense. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  /**
   * Transfers the rest of the file.
   *
   * @throws IOException if the server refuses it, or fails too often
   */
  void run() throws IOException, InterruptedException {
    int failures = 0;
    for (int attempt = 1; ; attempt++) {
      long before = part.size();
      try {
        attempt();
        return;
      } catch (Refusal e) {
        throw e;
      } catch (IOException e) {
        failures = part.size() > before ? 1 : failures + 1;
        if (failures >= patience.attempts() || attempt >= patience.mostAttempts()) {
          throw new IOException("%s, after %d attempts".formatted(reason(e), attempt), e);
        }
        Thread.sleep(patience.pauseAfter(failures).toMillis());
      }
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private void attempt() throws IOException, InterruptedException {
    long begin = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience.idle());
    if (begin > 0) {
      request.header("Range", "bytes=%d-".formatted(begin));
      version.ifPresent(each -> request.header("If-Range", each));
    }
    Receiver receiver = new Receiver(begin);
    CompletableFuture<HttpResponse<Long>> answer = client.sendAsync(request.build(), receiver);
    int status = await(answer, receiver).statusCode();
    if (status == UNSATISFIABLE) {
      part.truncate(0);
    }
    if (status != OK && status != PARTIAL) {
      String problem = "the server answered " + status;
      throw PASSING.contains(status) || status == UNSATISFIABLE
          ? new IOException(problem)
          : new Refusal(problem);
    }
    if (receiver.expected >= 0 && part.size() != receiver.expected) {
      throw new IOException(
          "the server sent %d of %d bytes".formatted(part.size(), receiver.expected));
    }
  }

  /** Waits as long as bytes arrive. */
  private HttpResponse<Long> await(CompletableFuture<HttpResponse<Long>> answer, Receiver receiver)
      throws IOException, InterruptedException {
    Duration idle = patience.idle();
    try {
      while (true) {
        try {
          return answer.get(Math.max(1, idle.toMillis() / 4), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (System.nanoTime() - receiver.lastByte > idle.toNanos()) {
            throw new IOException(
                "no data arrived for %s s".formatted(idle.toMillis() / 1000.0), e);
          }
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException cause
              ? new IOException(reason(cause), cause)
              : new IOException(String.valueOf(e.getCause()), e);
        }
      }
    } finally {
      // No further byte may be written: the next attempt writes them.
      receiver.stop();
      answer.cancel(true);
    }
  }

  /** Writes the bytes of one answer to the file. */
  private final class Receiver implements BodyHandler<Long>, BodySubscriber<Long> {

    private final long begin;
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private volatile long lastByte = System.nanoTime();

    /** Size of the whole file; -1 if the server does not state it. */
    private volatile long expected = -1;

    private boolean stopped;
    private Flow.@Nullable Subscription subscription;
    private @Nullable Bar bar;

    Receiver(long begin) {
      this.begin = begin;
    }

    @Override
    public synchronized BodySubscriber<Long> apply(ResponseInfo answer) {
      lastByte = System.nanoTime();
      if (answer.statusCode() != OK && answer.statusCode() != PARTIAL) {
        return BodySubscribers.replacing(0L);
      }
      try {
        prepare(answer);
      } catch (IOException e) {
        body.completeExceptionally(e);
      }
      return this;
    }

    private void prepare(ResponseInfo answer) throws IOException {
      if (stopped) {
        return;
      }
      version =
          answer
              .headers()
              .firstValue("ETag")
              .filter(tag -> tag.startsWith("\""))
              .or(() -> answer.headers().firstValue("Last-Modified"));
      long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (answer.statusCode() == OK) {
        part.truncate(0);
        expected = length;
      } else {
        Matcher range = RANGE.matcher(answer.headers().firstValue("Content-Range").orElse("none"));
        if (!range.matches() || Long.parseLong(range.group(1)) != begin) {
          part.truncate(0);
          throw new IOException("the server sent another part than asked for");
        }
        expected = range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
      }
      part.position(part.size());
      bar = Bar.onTerminal("Downloading " + name, Math.max(0, expected) / 1e6, "MB");
    }

    @Override
    public CompletionStage<Long> getBody() {
      return body;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
      lastByte = System.nanoTime();
      Flow.Subscription source = subscription;
      if (stopped || body.isDone() || source == null) {
        return;
      }
      try {
        for (ByteBuffer buffer : buffers) {
          while (buffer.hasRemaining()) {
            part.write(buffer);
          }
        }
        if (bar != null) {
          bar.show(part.position() / 1e6);
        }
        source.request(1);
      } catch (IOException e) {
        source.cancel();
        body.completeExceptionally(e);
      }
    }

    @Override
    public void onError(Throwable e) {
      body.completeExceptionally(e);
    }

    @Override
    public void onComplete() {
      body.complete(0L);
    }

    synchronized void stop() {
      stopped = true;
      if (subscription != null) {
        subscription.cancel();
      }
      if (bar != null) {
        bar.close();
      }
    }
  }
}
