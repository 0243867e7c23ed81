package io.reverie.core.weights;

import io.reverie.core.pickle.PickleWriter;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Malicious weights files: every container, and every pickle in both PyTorch containers. */
final class HostileFiles {

  private static final int MB = 1 << 20;
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

  private HostileFiles() {}

  static Map<String, Supplier<byte[]>> all() {
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    HostilePickles.all()
        .forEach(
            (what, pickle) -> {
              all.put(what, () -> zip(pickle.get()).stored("a/data/0", new byte[4]).end());
              all.put(what + ", deflated", () -> deflated(pickle.get()));
              all.put(what + ", older container", () -> legacy(pickle.get(), 1));
            });
    zips(all);
    legacies(all);
    safetensors(all);
    return all;
  }

  static ZipWriter zip(byte[] pickle) {
    return new ZipWriter().stored("a/data.pkl", pickle);
  }

  private static byte[] deflated(byte[] pickle) {
    return new ZipWriter()
        .deflated("a/data.pkl", pickle, pickle.length)
        .stored("a/data/0", new byte[4])
        .end();
  }

  private static void zips(Map<String, Supplier<byte[]>> all) {
    byte[] one = HostilePickles.views(1, 1);
    all.put(
        "64 MB of zeros",
        () -> new ZipWriter().deflated("a/data.pkl", new byte[64 * MB], 64 * MB).end());
    all.put(
        "64 MB that claim 1 KB", () -> new ZipWriter().deflated("a/data.pkl", nops(), 1000).end());
    all.put(
        "64 MB of opcodes", () -> new ZipWriter().deflated("a/data.pkl", nops(), 64 * MB).end());
    all.put(
        "2^62 bytes deflated", () -> new ZipWriter().deflated("a/data.pkl", one, 1L << 62).end());
    all.put(
        "-1 bytes deflated", () -> new ZipWriter().deflated("a/data.pkl", one, -1L << 40).end());
    all.put(
        "a storage of 64 MB deflated",
        () -> zip(one).deflated("a/data/0", new byte[64 * MB], 64 * MB).end());
    all.put(
        "2,000 tensors in one storage",
        () -> zip(HostilePickles.shared(MB / 4)).stored("a/data/0", new byte[MB]).end());
    all.put("2,000 storages in one place", () -> overlapping());
    all.put("a million entries in one place", () -> million());
    all.put("a count of 2^40", () -> zip(one).end(1L << 40));
    all.put("a count of 2^63", () -> zip(one).end(Long.MAX_VALUE));
    all.put("a count too low", () -> zip(one).stored("a/data/0", new byte[4]).end(1));
    all.put("a count too high", () -> zip(one).stored("a/data/0", new byte[4]).end(9));
    all.put("two pickles of one name", () -> zip(one).stored("a/data.pkl", one).end());
    all.put("an entry beyond the end", () -> zip(one).listed("a/data/0", 0, 4, 4, 1 << 30).end());
    all.put("an entry before the beginning", () -> zip(one).listed("a/data/0", 0, 4, 4, -2).end());
    all.put("an entry into the next", () -> zip(one).listed("a/data/0", 0, 4, 4, 2).end());
    all.put("a name of 60,000 letters", () -> zip(one).stored("n".repeat(60_000), one).end());
    all.put("a directory alone", () -> new ZipWriter().listed("a/data.pkl", 0, 9, 9, 0).end());
  }

  private static byte[] nops() {
    return new PickleWriter().times(32 * MB, "N0").end();
  }

  private static byte[] overlapping() {
    PickleWriter pickle = new PickleWriter().raw("}(");
    for (int i = 0; i < 2000; i++) {
      pickle.text("t" + i).tensor("" + i, 0, new long[] {MB / 4}, new long[] {1});
    }
    ZipWriter zip = zip(pickle.raw("u").end());
    int header = zip.header("a/data/0", new byte[MB]);
    for (int i = 0; i < 2000; i++) {
      zip.listed("a/data/" + i, 0, MB, MB, header);
    }
    return zip.end();
  }

  private static byte[] million() {
    ZipWriter zip = zip(HostilePickles.views(1, 1));
    int header = zip.header("a/data/0", new byte[4]);
    for (int i = 0; i < 1_000_000; i++) {
      zip.listed("a/" + i, 0, 4, 4, header);
    }
    return zip.end();
  }

  private static void legacies(Map<String, Supplier<byte[]>> all) {
    byte[] one = HostilePickles.views(1, 1);
    byte[] keys = new PickleWriter().raw("]").text("0").raw("a").end();
    byte[] twice = new PickleWriter().raw("](").text("0").text("0").raw("e").end();
    all.put("2^61 elements, older container", () -> legacy(one, keys, 1L << 61));
    all.put("-1 elements, older container", () -> legacy(one, keys, -1));
    all.put("a storage twice, older container", () -> legacy(one, twice, 1));
    all.put(
        "a number as a storage, older container", () -> legacy(one, bytes("\u0080\2]K\1a."), 1));
    all.put(
        "keys that are a text, older container", () -> legacy(one, bytes("\u0080\2U\0010."), 1));
    all.put(
        "keys of 8 MB of digits, older container",
        () -> legacy(one, bytes("\u0080\2L" + "9".repeat(8 * MB) + "\n."), 1));
    all.put(
        "2,000 tensors in one storage, older container",
        () -> legacy(HostilePickles.shared(MB / 4), keys, MB / 4));
    all.put("digits where the magic is", () -> bytes("\u0080\2I" + "9".repeat(8 * MB) + "\n."));
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] legacy(byte[] pickle, long elements) {
    return legacy(pickle, new PickleWriter().raw("]").text("0").raw("a").end(), elements);
  }

  /**
   * Returns a container that claims one storage of the given size, with at most a million floats.
   */
  private static byte[] legacy(byte[] pickle, byte[] keys, long elements) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] magic = new byte[10];
    for (int i = 0; i < magic.length; i++) {
      magic[i] = MAGIC.shiftRight(8 * i).byteValue();
    }
    file.writeBytes(new PickleWriter().op(0x8a, 10).raw(magic).end());
    file.writeBytes(new PickleWriter().raw("M\u0001\u0001").end());
    file.writeBytes(new PickleWriter().raw("}").end());
    file.writeBytes(pickle);
    file.writeBytes(keys);
    file.writeBytes(little(8).putLong(elements).array());
    file.writeBytes(new byte[4 * (int) Math.max(0, Math.min(elements, MB))]);
    return file.toByteArray();
  }

  private static void safetensors(Map<String, Supplier<byte[]>> all) {
    String one = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    all.put(
        "tensors that share bytes",
        () -> safetensors("{" + one + "," + one.replace("\"a\"", "\"b\"") + "}"));
    all.put(
        "a tensor twice",
        () ->
            safetensors(
                "{" + one + ",\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}"));
    all.put("arrays a million deep", () -> safetensors("{\"a\":" + "[".repeat(MB) + "}"));
    all.put("objects a million deep", () -> safetensors("{\"a\":".repeat(MB)));
    all.put(
        "notes a million deep", () -> safetensors("{\"__metadata__\":{\"a\":" + "[".repeat(MB)));
    all.put("no object", () -> safetensors("[".repeat(MB)));
    all.put(
        "7 MB of digits", () -> safetensors("{\"a\":{\"shape\":[" + "9".repeat(7 * MB) + "]}}"));
    all.put("a million sides", () -> safetensors("{\"a\":{\"shape\":[" + "1,".repeat(MB) + "1]}}"));
    all.put("a name of 7 MB", () -> safetensors("{\"" + "a".repeat(7 * MB) + "\":{}}"));
    all.put(
        "a type of 7 MB",
        () ->
            safetensors(
                "{\"a\":{\"dtype\":\""
                    + "F".repeat(7 * MB)
                    + "\",\"shape\":[],\"data_offsets\":[0,4]}}"));
    all.put("a header of 9 MB", () -> safetensors(" ".repeat(9 * MB)));
    all.put("2,000 tensors in one place", () -> everywhere());
  }

  private static byte[] everywhere() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 2000; i++) {
      header.append(
          "\"t%d\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
              .formatted(i, MB / 4, MB));
    }
    header.setCharAt(header.length() - 1, '}');
    return safetensors(header.toString(), MB);
  }

  private static byte[] safetensors(String header) {
    return safetensors(header, 4);
  }

  private static byte[] safetensors(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return little(8 + text.length + data).putLong(text.length).put(text).array();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
