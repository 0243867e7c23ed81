package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class S3aVersionTest {

  private static final Location BUCKET = Location.of("s3a://bucket/key");

  @Test
  void hereTheVersionsAreTheSame() {
    assertThatCode(() -> S3aVersion.require(BUCKET)).doesNotThrowAnyException();
  }

  @Test
  void whereTheyDifferTheRemedyIsABuild() throws Exception {
    assertThatCode(() -> S3aVersion.require(BUCKET, "3.4.2-amzn-1", "3.4.2"))
        .doesNotThrowAnyException();
    assertThatCode(() -> S3aVersion.require(BUCKET, "3.4.2-amzn-1", "3.4.1"))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "s3a://bucket/key: this Spark has Hadoop 3.4.2, but hadoop-aws is of version 3.4.1; build Reverie with -Dhadoop.version=3.4.2");
    assertThat(S3aVersion.library()).isPresent();
  }
}
