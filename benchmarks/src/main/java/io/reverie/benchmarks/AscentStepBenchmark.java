package io.reverie.benchmarks;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.dream.Ramp;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of gradient ascent of the embedded network on a square image: jitter, forward and
 * backward pass, normalised step. Ten steps are one invocation, so that the conversion of the image
 * hardly counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xmx1g", "-Dai.djl.offline=true"})
public class AscentStepBenchmark {

  private static final int STEPS = 10;

  @Param({"224", "512"})
  private int side;

  @Param private Parameterisation parameterisation;

  private Network network;
  private Dreamer dreamer;
  private Image source;

  @Setup
  public void load() {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    network = Networks.load("embedded");
    L2 objective = new L2(descriptor.layer(), ChannelSelector.all(), 1);
    OctaveSpec climb = new OctaveSpec(List.of(objective), STEPS, Ramp.of(2.5), Ramp.of(0));
    DreamSpec spec =
        new DreamSpec(
            climb,
            List.of(),
            new Octaves(1, 1.4),
            Robustness.jitter(32),
            Priors.NONE,
            parameterisation,
            1,
            0);
    dreamer = new Dreamer(network, spec);
    source = noise(new Size(side, side));
  }

  private static Image noise(Size size) {
    float[] rgb = new float[size.height() * size.width() * 3];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (float) random.nextDouble(256);
    }
    return new Image(size, rgb);
  }

  @TearDown
  public void close() {
    network.close();
  }

  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Dream step() {
    return dreamer.dream(source, 0);
  }
}
