package io.reverie.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

  private static final Platform BUILT = new Platform("4.1.3", "2.13", "3.4.2", 17);

  @Test
  void testsRunOnWhatWasBuiltFor() {
    assertThatCode(Platform::require).doesNotThrowAnyException();
    assertThat(Platform.BUILT.spark()).isEqualTo(Platform.running().spark());
    assertThat(Platform.running().scala()).startsWith(Platform.BUILT.scala() + ".");
    assertThat(Platform.BUILT.hadoop()).isEqualTo(Platform.running().hadoop());
  }

  @ParameterizedTest
  @CsvSource({
    "4.1.3, 2.13.17, 3.4.2, 17",
    "4.1.0, 2.13.16, 3.4.1, 21",
    "4.1.1-amzn-0, 2.13.17, 3.4.2-amzn-1, 17"
  })
  void aLineIsEnough(String spark, String scala, String hadoop, int java) {
    assertThat(BUILT.fault(new Platform(spark, scala, hadoop, java))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.6-amzn-2, 2.12.18, 3.4.1, 17, this is Spark 3.5.6-amzn-2",
    "5.0.0, 2.13.18, 3.5.0, 17, Reverie runs on Spark 4.0; 4.1 and 4.2",
    "4.0.2-amzn-0, 2.13.16, 3.4.2, 17, build it with -Dspark=4.0",
    "4.2.0, 2.13.18, 3.5.0, 17, build it with -Dspark=4.2",
    "4.1.3, 2.12.18, 3.4.2, 17, needs 2.13",
    "4.1.3, 2.13.17, 3.5.0-xyz, 17, build it with -Dspark=4.1 -Dhadoop.version=3.5.0",
    "4.1.3, 2.13.17, 3.4.2, 25, Hadoop 3.4.2 does not run on Java 25; set JAVA_HOME"
  })
  void everythingElseIsOneSentenceThatNamesTheRemedy(
      String spark, String scala, String hadoop, int java, String words) {
    String sentence = BUILT.fault(new Platform(spark, scala, hadoop, java)).orElseThrow();
    assertThat(sentence.replace("4.0, 4.1", "4.0; 4.1")).contains(words).hasLineCount(1);
  }
}
