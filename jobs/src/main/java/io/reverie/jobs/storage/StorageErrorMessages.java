package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.AWSRedirectException;
import org.apache.hadoop.fs.s3a.AWSServiceThrottledException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Explains why a file or object cannot be reached, and what to do. The libraries' own messages fill
 * a page and may contain secrets, so only their kinds are used, and little else.
 */
public final class StorageErrorMessages {

  private static final String NO_LIBRARY =
      "no library supports this kind of address; check its scheme, or add the Hadoop connector to"
          + " Spark's jars";

  /** Error codes of S3 and compatible stores. */
  private static final Map<String, String> CODES =
      Map.of(
          "SignatureDoesNotMatch",
          "the store rejected the secret key; check AWS_SECRET_ACCESS_KEY, or"
              + " fs.s3a.secret.key",
          "InvalidAccessKeyId",
          "the store does not know the access key; check AWS_ACCESS_KEY_ID, or fs.s3a.access.key,"
              + " and fs.s3a.endpoint",
          "ExpiredToken",
          "the session token has expired; renew the credentials and rerun",
          "InvalidToken",
          "the store rejected the session token; check AWS_SESSION_TOKEN, or"
              + " fs.s3a.session.token",
          "RequestTimeTooSkewed",
          "this machine's clock differs from the store's by more than the store allows; correct it and rerun",
          "AuthorizationHeaderMalformed",
          "the bucket is in another region; set fs.s3a.endpoint.region to it",
          "NoSuchUpload",
          "the upload was aborted by another program; rerun");

  /** The first class found anywhere in the chain of causes decides. */
  private static final List<Map.Entry<Class<?>, String>> KINDS =
      List.of(
          Map.entry(
              NoAuthWithAWSException.class,
              "there are no credentials for S3; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                  + " run on a machine whose role provides them"),
          Map.entry(
              UnknownStoreException.class,
              "there is no such bucket; check its name, and fs.s3a.endpoint"),
          Map.entry(
              AWSRedirectException.class,
              "the bucket is in another region; set fs.s3a.endpoint.region to it"),
          Map.entry(
              AWSServiceThrottledException.class,
              "the store is overloaded and kept rejecting requests; rerun later, or with fewer tasks at a"
                  + " time"),
          Map.entry(AWSStatus500Exception.class, "the store failed; rerun later"),
          Map.entry(
              RemoteFileChangedException.class,
              "the file was replaced while it was being read; rerun when no other program is writing it"),
          Map.entry(UnsupportedFileSystemException.class, NO_LIBRARY),
          Map.entry(ClassNotFoundException.class, NO_LIBRARY),
          Map.entry(NoSuchFileException.class, "no such file; check the path"),
          Map.entry(FileNotFoundException.class, "no such file; check the path"),
          Map.entry(
              SocketTimeoutException.class,
              "the store did not respond in time; check the network and rerun"),
          Map.entry(
              NoRouteToHostException.class,
              "there is no network route to the store; check the network and the address"));

  private static final Pattern SERVER = Pattern.compile("to (\\S+:\\d+) (?:\\[\\S*] )?failed");
  private static final Pattern HOST = Pattern.compile("[\\w.-]+");
  private static final Pattern USER = Pattern.compile("user=([^,\\s]+)");
  private static final Pattern ACCESS_KEY = Pattern.compile("\\bA[A-Z]{3}[A-Z0-9]{16}\\b");
  private static final int MAX_LENGTH = 200;

  private StorageErrorMessages() {}

  /** Returns the message for an exception from a storage or from the JDK's file access. */
  public static String of(IOException e) {
    if (e instanceof StorageException || e instanceof FileNotFoundException) {
      return String.valueOf(e.getMessage());
    }
    return e instanceof FileSystemException files && files.getFile() != null
        ? of(PartialFiles.displayName(files.getFile()), e)
        : other(e);
  }

  static String of(String location, Exception e) {
    List<Throwable> chain =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause).limit(20).toList();
    String reason =
        Stream.<Optional<String>>of(
                code(chain),
                KINDS.stream()
                    .filter(kind -> first(chain, kind.getKey()).isPresent())
                    .map(Map.Entry::getValue)
                    .findFirst(),
                first(chain, FileSystemException.class).flatMap(StorageErrorMessages::name),
                first(chain, UnknownHostException.class).map(StorageErrorMessages::unknownHost),
                first(chain, ConnectException.class).map(x -> refused(chain)),
                first(chain, AccessControlException.class).map(StorageErrorMessages::permission),
                first(chain, AccessDeniedException.class).map(x -> denied(chain)),
                first(chain, RemoteException.class).flatMap(StorageErrorMessages::safeMode),
                first(chain, AwsServiceException.class).map(StorageErrorMessages::response))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseGet(() -> other(e));
    return location + ": " + reason;
  }

  private static <T> Optional<T> first(List<Throwable> chain, Class<T> kind) {
    return chain.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Optional<String> code(List<Throwable> chain) {
    return first(chain, AwsServiceException.class)
        .flatMap(e -> Optional.ofNullable(e.awsErrorDetails()))
        .flatMap(details -> Optional.ofNullable(details.errorCode()))
        .flatMap(code -> Optional.ofNullable(CODES.get(code)));
  }

  /** Explains names that object keys may have, but files may not. */
  private static Optional<String> name(FileSystemException e) {
    if (e instanceof FileAlreadyExistsException) {
      return Optional.of("a file exists where a folder is needed; rename one of them");
    }
    return "File name too long".equals(e.getReason())
        ? Optional.of("a name is too long for this file system; rename the input")
        : Optional.empty();
  }

  /** Hadoop's message adds more; the innermost cause is the host name alone. */
  private static String unknownHost(UnknownHostException e) {
    Throwable inner = e;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String host = String.valueOf(inner.getMessage());
    return "the host%s is unknown; check the address, fs.s3a.endpoint and the network"
        .formatted(HOST.matcher(host).matches() ? " " + host : "");
  }

  private static String refused(List<Throwable> chain) {
    String server =
        chain.stream()
            .map(e -> SERVER.matcher(String.valueOf(e.getMessage())))
            .filter(Matcher::find)
            .map(found -> " at " + found.group(1))
            .findFirst()
            .orElse("");
    return "no server responds%s; check that it is running, the address, and fs.s3a.endpoint"
        .formatted(server);
  }

  private static String permission(AccessControlException e) {
    Matcher user = USER.matcher(String.valueOf(e.getMessage()));
    return "permission denied for the user%s; ask for access, or run as another user"
        .formatted(user.find() ? " " + user.group(1) : "");
  }

  private static String denied(List<Throwable> chain) {
    return first(chain, AwsServiceException.class).isPresent()
        ? "the store denied access (403); check the keys and their permissions in the bucket"
        : "permission denied; check the permissions of this user";
  }

  private static Optional<String> safeMode(RemoteException e) {
    return e.getClassName().endsWith(".SafeModeException")
        ? Optional.of(
            "HDFS is in safe mode and accepts no changes; rerun when it has left safe mode")
        : Optional.empty();
  }

  private static String response(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return "the store responded with %d%s; check the address, fs.s3a.endpoint and its region"
        .formatted(e.statusCode(), code == null ? "" : " " + code);
  }

  /** Returns the system's message about a file, without the file's name. */
  static String plain(IOException e) {
    return e instanceof FileSystemException files && files.getReason() != null
        ? files.getReason()
        : other(e);
  }

  private static String other(Exception e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String text = ACCESS_KEY.matcher(line).replaceAll("...");
    return "%s: %s"
        .formatted(
            e.getClass().getSimpleName(),
            text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text);
  }
}
