package io.reverie.jobs.storage;

import java.io.IOException;
import java.net.URI;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An object store in this process, on loopback. */
public final class S3Server implements AutoCloseable {

  static final String KEY = "an-access-key";
  static final String SECRET = "a-secret-key";

  private final S3Proxy server;

  private S3Server(S3Proxy server) {
    this.server = server;
  }

  /** Starts a server that authenticates its clients. */
  public static S3Server start() throws Exception {
    return start(AuthenticationType.AWS_V2_OR_V4);
  }

  /** Starts a server without authentication, since a proxy cannot sign requests for others. */
  public static S3Server startOpen() throws Exception {
    return start(AuthenticationType.NONE);
  }

  private static S3Server start(AuthenticationType type) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.identity", "");
    properties.setProperty("jclouds.credential", "");
    BlobStore store = BlobStores.create("transient-nio2", properties);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(store)
            .awsAuthentication(type, KEY, SECRET)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .stopTimeout(0)
            .build();
    server.start();
    return new S3Server(server);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Creates a bucket. Hadoop caches a file system per bucket, so each test class needs its own. */
  public Location bucket(String name) {
    try (S3Client client = client()) {
      client.createBucket(bucket -> bucket.bucket(name));
    }
    return Location.of("s3a://" + name);
  }

  public S3Client client() {
    return S3Client.builder()
        .endpointOverride(uri())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
        .build();
  }

  Configuration configuration() {
    return configuration(uri());
  }

  /** The storage of a bucket behind another address, such as a proxy's. */
  public static Storage storage(Location bucket, URI endpoint) throws IOException {
    return storage(bucket, endpoint, new Configuration(false));
  }

  /** The same, with further settings. */
  public static Storage storage(Location bucket, URI endpoint, Configuration further)
      throws IOException {
    Configuration configuration = configuration(endpoint);
    further.forEach(setting -> configuration.set(setting.getKey(), setting.getValue()));
    configuration.setBoolean("fs.s3a.impl.disable.cache", further.size() > 0);
    return HadoopStorage.of(bucket, configuration);
  }

  /** A configuration with parts and retries small enough for tests. */
  static Configuration configuration(URI endpoint) {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.endpoint", endpoint.toString());
    configuration.set("fs.s3a.endpoint.region", "us-east-1");
    configuration.set("fs.s3a.path.style.access", "true");
    configuration.set("fs.s3a.access.key", KEY);
    configuration.set("fs.s3a.secret.key", SECRET);
    configuration.set("fs.s3a.multipart.size", "5M");
    configuration.set("fs.s3a.retry.interval", "10ms");
    configuration.set("fs.s3a.retry.throttle.interval", "10ms");
    return configuration;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
