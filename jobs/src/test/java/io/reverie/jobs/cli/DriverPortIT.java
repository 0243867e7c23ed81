package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.cli.spark.SparkStarter;
import io.reverie.jobs.deploy.PortClient;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.run.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ports that Spark opens even where everything runs in one process, tried by a stranger. */
class DriverPortIT {

  private static final AtomicBoolean RUN = new AtomicBoolean();
  private static final int RESET_OR_CLOSED = -1;

  private JavaSparkContext spark;

  /** Runs as soon as someone deserialises it. */
  private static final class Payload implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) {
      RUN.set(true);
    }
  }

  @BeforeEach
  void start() {
    RUN.set(false);
    spark = SparkStarter.start(List.of("--master", "local[1]"), Device.CPU, BatchSize.ALONE);
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  @Test
  void nothingOfAStrangersIsDeserialised() {
    for (Optional<String> secret : List.of(Optional.<String>empty(), Optional.of("guessed"))) {
      for (int port : ports()) {
        assertThatThrownBy(
                () -> new PortClient(port, secret).send("HeartbeatReceiver", new Payload()))
            .as("port %d", port)
            .isInstanceOf(Exception.class);
      }
    }
    assertThat(RUN).isFalse();
  }

  @Test
  void whoHasTheSecretIsHeard() throws Exception {
    String secret = SparkEnv.get().securityManager().getSecretKey();
    PortClient friend = new PortClient(driver(), Optional.of(secret));
    friend.send("HeartbeatReceiver", new Payload());
    assertThat(RUN).isTrue();
  }

  /** Why the names of weights are hidden: when this fails, they need not be any more. */
  @Test
  void filesAreGivenToStrangersWhoKnowTheirNames(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("weights"), "private");
    SparkEnv.get().rpcEnv().fileServer().addFile(file.toFile());
    PortClient stranger = new PortClient(driver(), Optional.empty());
    assertThat(stranger.fetch("/files/weights")).isEqualTo("private".length());
    assertThatThrownBy(() -> stranger.fetch("/files/other")).hasMessageContaining("not found");
    assertThatThrownBy(() -> stranger.fetch("/files/../other")).isInstanceOf(Exception.class);
  }

  @Test
  void everyRunHasASecretOfItsOwnThatIsInNoSetting() {
    String first = SparkEnv.get().securityManager().getSecretKey();
    assertThat(first).hasSizeGreaterThanOrEqualTo(64);
    assertThat(spark.getConf().toDebugString()).doesNotContain(first);
    stop();
    start();
    assertThat(SparkEnv.get().securityManager().getSecretKey()).isNotEqualTo(first);
  }

  @Test
  void garbageEndsAConnectionAndNotTheRun() throws IOException {
    byte[] garbage = new byte[4096];
    new Random(7).nextBytes(garbage);
    for (int port : ports()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(garbage);
        socket.shutdownOutput();
        assertThat(answer(socket.getInputStream())).isEqualTo(RESET_OR_CLOSED);
      }
    }
    assertThat(spark.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
  }

  @Test
  void otherMachinesFindNoPort() throws SocketException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress address : others) {
      for (int port : ports()) {
        assertThatThrownBy(() -> new Socket(address, port).close())
            .as("%s:%d", address, port)
            .isInstanceOf(IOException.class);
      }
    }
  }

  private List<Integer> ports() {
    return List.of(driver(), SparkEnv.get().blockManager().blockManagerId().port());
  }

  private int driver() {
    return Integer.parseInt(spark.getConf().get("spark.driver.port"));
  }

  private static int answer(InputStream in) {
    try {
      return in.read();
    } catch (IOException e) {
      return RESET_OR_CLOSED;
    }
  }
}
