package io.reverie.jobs.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Unfinished multipart uploads, whose age Hadoop's own interface does not report. */
record MultipartUploads(S3AFileSystem files) {

  int abort(Path folder, long before) throws IOException {
    // Keys of neighbouring folders may begin with the same prefix.
    String prefix = (folder.toUri().getPath() + "/").substring(1).replaceFirst("^/", "");
    List<MultipartUpload> old = new ArrayList<>();
    RemoteIterator<MultipartUpload> all = files.listUploads(prefix.isEmpty() ? null : prefix);
    while (all.hasNext()) {
      MultipartUpload upload = all.next();
      if (upload.key().startsWith(prefix) && upload.initiated().toEpochMilli() < before) {
        old.add(upload);
      }
    }
    for (MultipartUpload upload : old) {
      files.abortMultipartUpload(upload);
    }
    return old.size();
  }
}
