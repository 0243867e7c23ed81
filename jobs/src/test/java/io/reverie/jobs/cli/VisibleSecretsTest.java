package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line that others can read. */
class VisibleSecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Reverie images a b -- --conf spark.hadoop.fs.s3a.secret.key=hidden",
        "SparkSubmit --conf=spark.hadoop.fs.s3a.bucket.b.access.key=hidden --class R r.jar video",
        "SparkSubmit --conf spark.hadoop.fs.s3a.session.token=hidden r.jar",
        "SparkSubmit --conf spark.ssl.keyPassword=hidden r.jar",
        "Reverie sync a b -- --conf spark.hadoop.fs.s3a.encryption.key=hidden",
        "Reverie sync a b -- --conf spark.hadoop.fs.s3a.bucket.b.server-side-encryption.key=hidden",
        "Reverie sync a b -- --conf spark.hadoop.fs.azure.account.key.me=hidden",
        "SparkSubmit --conf spark.authenticate.secret=hidden r.jar"
      })
  void aSecretIsNamedAndNotRepeated(String command) {
    assertThat(VisibleSecrets.warning(command))
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .contains("spark.", "AWS_SECRET_ACCESS_KEY", "--properties-file")
                    .doesNotContain("hidden")
                    .hasLineCount(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Reverie images secret.png token=x",
        "Reverie video a b -- --conf spark.hadoop.fs.s3a.endpoint=http://localhost",
        "SparkSubmit --conf spark.authenticate.secret.file=/run/secret",
        "SparkSubmit --conf spark.io.encryption.keySizeBits=256 r.jar",
        "SparkSubmit --conf spark.kubernetes.driver.secretKeyRef.AWS_SECRET_ACCESS_KEY=s3:secret",
        "SparkSubmit --conf spark.kubernetes.authenticate.submission.oauthTokenFile=/run/token"
      })
  void whatOnlyNamesASecretIsNone(String command) {
    assertThat(VisibleSecrets.warning(command)).isEmpty();
  }

  @Test
  void allSecretsAreListedInOneSentence() {
    assertThat(
            VisibleSecrets.warning(
                "--conf spark.hadoop.fs.s3a.access.key=a --conf spark.hadoop.fs.s3a.secret.key=b"))
        .hasValueSatisfying(
            warning ->
                assertThat(warning).contains("fs.s3a.access.key, spark.hadoop.fs.s3a.secret.key"));
  }
}
