import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Dreams many small images and prints Spark's share of the time: what is left of the slots' time
 * after the work on the images. See small_images.sh.
 *
 * <pre>java SmallImages.java FOLDER IMAGES SLOTS KEY=VALUE...</pre>
 */
public final class SmallImages {

  private static final int SIDE = 64;

  private SmallImages() {}

  public static void main(String[] words) throws Exception {
    Path folder = Path.of(words[0]);
    int images = Integer.parseInt(words[1]);
    int slots = Integer.parseInt(words[2]);
    List<String> settings = List.of(words).subList(3, words.length);
    Path in = folder.resolve("in");
    if (!Files.exists(in)) {
      draw(Files.createDirectories(in), images);
    }
    SparkConf conf =
        new SparkConf().setAppName("small images").setMaster("local[%d,4]".formatted(slots));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      AtomicInteger tasks = new AtomicInteger();
      spark
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  tasks.incrementAndGet();
                }
              });
      SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
      ResolvedSpec spec =
          new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
      RunOptions options =
          new RunOptions(true, false, true, false, "", Device.CPU, 20).with(KeptDreamUse.IGNORE);
      // Loads the network, as the first image of a process does.
      run(spark, spec, options, in.resolve("00000.png"), folder.resolve("first.png"));
      tasks.set(0);
      long begun = System.nanoTime();
      List<Outcome> outcomes = run(spark, spec, options, in, folder.resolve("out"));
      double wall = (System.nanoTime() - begun) / 1e9;
      double work = outcomes.stream().mapToDouble(Outcome::seconds).sum();
      System.out.printf(
          Locale.ROOT,
          "%d images, %d tasks, %.1f s on %d slots, %.1f ms of work each: Spark's share %.1f %%%n",
          outcomes.stream().filter(o -> o.status() == Outcome.Status.DREAMED).count(),
          tasks.get(),
          wall,
          slots,
          1e3 * work / outcomes.size(),
          100 * (1 - work / (wall * slots)));
    }
  }

  private static List<Outcome> run(
      JavaSparkContext spark, ResolvedSpec spec, RunOptions options, Path in, Path out) {
    return new ImagesJob(spark, spec, options).run(List.of(in.toString()), out.toString());
  }

  private static void draw(Path in, int images) throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < images; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, SIDE, SIDE, random.ints(SIDE * SIDE, 0, 1 << 24).toArray(), 0, SIDE);
      ImageIO.write(image, "png", in.resolve("%05d.png".formatted(i)).toFile());
    }
  }
}
