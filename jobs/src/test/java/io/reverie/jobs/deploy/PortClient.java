package io.reverie.jobs.deploy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.StreamCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.sasl.SecretKeyHolder;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;

/**
 * Speaks Spark's protocol to a port of this machine, as any account of it may.
 *
 * @param secret that it has; without one it does not authenticate
 */
public record PortClient(int port, Optional<String> secret) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long LONGEST_MS = 20_000;
  private static final TransportConf CONF =
      new TransportConf(
          "rpc",
          new MapConfigProvider(
              Map.of(
                  "spark.network.crypto.enabled", "true",
                  "spark.network.crypto.cipher", "AES/GCM/NoPadding",
                  "spark.network.crypto.saslFallback", "false")));

  /** Sends an object to an endpoint, which deserialises it; fails where it is refused. */
  public void send(String endpoint, Serializable message) throws Exception {
    ByteBuffer call = call(endpoint, message);
    try (TransportContext context = new TransportContext(CONF, new NoOpRpcHandler());
        TransportClientFactory factory = context.createClientFactory(bootstraps());
        TransportClient client = factory.createUnmanagedClient(LOOPBACK, port)) {
      client.sendRpcSync(call, LONGEST_MS);
    }
  }

  /** The bytes of a file that the process serves; fails where it is refused. */
  public int fetch(String stream) throws Exception {
    try (TransportContext context = new TransportContext(CONF, new NoOpRpcHandler());
        TransportClientFactory factory = context.createClientFactory(bootstraps());
        TransportClient client = factory.createUnmanagedClient(LOOPBACK, port)) {
      Counter counter = new Counter();
      client.stream(stream, counter);
      return counter.all.get(LONGEST_MS, TimeUnit.MILLISECONDS);
    }
  }

  private List<TransportClientBootstrap> bootstraps() {
    return secret
        .<TransportClientBootstrap>map(
            known -> new AuthClientBootstrap(CONF, "sparkSaslUser", new Known(known)))
        .map(List::of)
        .orElse(List.of());
  }

  /** As {@code RequestMessage} of Spark writes it. */
  private ByteBuffer call(String endpoint, Serializable message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    // No address of the sender's.
    out.writeBoolean(false);
    out.writeBoolean(true);
    out.writeUTF(LOOPBACK);
    out.writeInt(port);
    out.writeUTF(endpoint);
    ObjectOutputStream object = new ObjectOutputStream(out);
    object.writeObject(message);
    object.flush();
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private record Known(String secret) implements SecretKeyHolder {
    @Override
    public String getSaslUser(String application) {
      return "sparkSaslUser";
    }

    @Override
    public String getSecretKey(String application) {
      return secret;
    }
  }

  private static final class Counter implements StreamCallback {
    private final CompletableFuture<Integer> all = new CompletableFuture<>();
    private int bytes;

    @Override
    public void onData(String stream, ByteBuffer data) {
      bytes += data.remaining();
    }

    @Override
    public void onComplete(String stream) {
      all.complete(bytes);
    }

    @Override
    public void onFailure(String stream, Throwable cause) {
      all.completeExceptionally(cause);
    }
  }
}
