package io.reverie.jobs.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A test's own part of a bucket: in this JVM's server, or in the one that REVERIE_TEST_S3_ENDPOINT
 * and REVERIE_TEST_S3_BUCKET name, with the credentials of AWS_ACCESS_KEY_ID and so on.
 *
 * @param prefix that no other test has; it ends with a slash
 * @param settings of Spark, to reach it
 */
record Bucket(
    S3Client client, URI endpoint, String name, String prefix, Map<String, String> settings)
    implements AutoCloseable {

  private static final String S3A = "spark.hadoop.fs.s3a.";

  static Bucket of(S3ProxyExtension local) {
    String prefix = "reverie-test-" + UUID.randomUUID() + "/";
    Optional<String> elsewhere = variable("REVERIE_TEST_S3_ENDPOINT");
    if (elsewhere.isPresent()) {
      URI endpoint = URI.create(elsewhere.get());
      String name = variable("REVERIE_TEST_S3_BUCKET").orElse("reverie-test");
      S3Client client = client(endpoint, DefaultCredentialsProvider.builder().build());
      return new Bucket(client, endpoint, name, prefix, settings(endpoint));
    }
    Map<String, String> settings = settings(local.getUri());
    settings.put(S3A + "access.key", local.getAccessKey());
    settings.put(S3A + "secret.key", local.getSecretKey());
    AwsBasicCredentials keys =
        AwsBasicCredentials.create(local.getAccessKey(), local.getSecretKey());
    S3Client client = client(local.getUri(), StaticCredentialsProvider.create(keys));
    client.createBucket(bucket -> bucket.bucket("reverie"));
    return new Bucket(client, local.getUri(), "reverie", prefix, settings);
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  private static String region() {
    return variable("AWS_REGION").orElse("us-east-1");
  }

  private static S3Client client(URI endpoint, AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.of(region()))
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .build();
  }

  private static Map<String, String> settings(URI endpoint) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(S3A + "endpoint", endpoint.toString());
    settings.put(S3A + "endpoint.region", region());
    settings.put(S3A + "path.style.access", "true");
    return settings;
  }

  /** The same, reached through something that lies between. */
  Map<String, String> settings(StallingRelay relay) {
    Map<String, String> through = new TreeMap<>(settings);
    if (relay.isTunnel()) {
      through.put(S3A + "proxy.host", "127.0.0.1");
      through.put(S3A + "proxy.port", Integer.toString(relay.port()));
    } else {
      through.put(S3A + "endpoint", "http://127.0.0.1:" + relay.port());
    }
    // The smallest that there is.
    through.put(S3A + "multipart.size", "5M");
    return through;
  }

  String uri(String key) {
    return "s3a://" + name + "/" + prefix + key;
  }

  void put(String key, Path file) {
    client.putObject(object -> object.bucket(name).key(prefix + key), file);
  }

  Path fetch(String key, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "fetched", ".mkv");
    Files.delete(file);
    client.getObject(object -> object.bucket(name).key(prefix + key), file);
    return file;
  }

  /** The objects below a key and, of each, what another content or another writing changes. */
  Map<String, String> versions(String below) {
    return client
        .listObjectsV2Paginator(all -> all.bucket(name).prefix(prefix + below))
        .contents()
        .stream()
        .collect(
            Collectors.toMap(
                object -> object.key().substring(prefix.length()),
                object -> object.eTag() + " " + object.lastModified(),
                (a, b) -> b,
                TreeMap::new));
  }

  /** The keys of uploads that were begun and not finished. */
  List<String> uploads() {
    return client
        .listMultipartUploadsPaginator(all -> all.bucket(name).prefix(prefix))
        .uploads()
        .stream()
        .map(upload -> upload.key().substring(prefix.length()))
        .toList();
  }

  @Override
  public void close() {
    for (MultipartUpload upload :
        client.listMultipartUploads(all -> all.bucket(name).prefix(prefix)).uploads()) {
      client.abortMultipartUpload(
          abort -> abort.bucket(name).key(upload.key()).uploadId(upload.uploadId()));
    }
    for (S3Object object :
        client.listObjectsV2Paginator(all -> all.bucket(name).prefix(prefix)).contents()) {
      client.deleteObject(delete -> delete.bucket(name).key(object.key()));
    }
    client.close();
  }
}
