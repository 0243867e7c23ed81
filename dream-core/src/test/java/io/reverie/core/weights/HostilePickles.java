package io.reverie.core.weights;

import io.reverie.core.pickle.PickleWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Malicious pickles for both PyTorch containers. */
final class HostilePickles {

  private static final int MILLION = 1_000_000;

  private HostilePickles() {}

  static Map<String, Supplier<byte[]>> all() {
    Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
    endless(all);
    numbers(all);
    opcodes(all);
    copies(all);
    tensors(all);
    return all;
  }

  /** Values that would take for ever to hash, compare or print. */
  private static void endless(Map<String, Supplier<byte[]>> all) {
    all.put("a list of 2^60 as a key", () -> doubled().raw("}").get(60).raw("Ns").end());
    all.put(
        "a list of 2^60 as a storage",
        () ->
            doubled()
                .raw("((")
                .text("storage")
                .global("torch", "FloatStorage")
                .get(60)
                .text("cpu")
                .raw("K\1tQ")
                .end());
    all.put("a list of 2^60 as a whole id", () -> doubled().raw("(").get(60).raw("NNNNtQ").end());
    all.put("a list of 2^60 as a name", () -> doubled().get(60).get(60).op(0x93).end());
    all.put(
        "a list of 2^60 as a dictionary",
        () -> doubled().global("collections", "OrderedDict").get(60).op(0x85).raw("R").end());
    all.put(
        "a list of itself as a key",
        () -> pickle().raw("]").put(0).get(0).raw("a0}").get(0).raw("Ns").end());
    all.put(
        "a dictionary of itself",
        () -> pickle().raw("}").put(0).text("state_dict").get(0).raw("s").end());
    all.put("a set of itself", () -> pickle().op(0x8f).put(0).raw("(").get(0).op(0x90).end());
    all.put("a tuple of 2^60 as a key", () -> tuples().raw("}").get(60).raw("Ns").end());
  }

  private static PickleWriter pickle() {
    return new PickleWriter();
  }

  private static PickleWriter doubled() {
    return pickle().doubled(60);
  }

  private static PickleWriter tuples() {
    PickleWriter pickle = pickle().raw(")").put(0).raw("0");
    for (int i = 1; i <= 60; i++) {
      pickle.get(i - 1L).get(i - 1L).op(0x86).put(i).raw("0");
    }
    return pickle;
  }

  private static void numbers(Map<String, Supplier<byte[]>> all) {
    all.put("8 MB of digits, LONG", () -> pickle().raw("L" + digits() + "L\n").end());
    all.put("8 MB of digits, INT", () -> pickle().raw("I" + digits() + "\n").end());
    all.put("8 MB of digits, FLOAT", () -> pickle().raw("F" + digits() + "\n").end());
    all.put("8 MB of number, LONG4", () -> pickle().op(0x8b).four(8 << 20).raw(digits()).end());
    all.put("a count of -1, LONG4", () -> pickle().op(0x8b).four(-1).end());
    all.put("an index of 2^32 - 1", () -> pickle().raw("N").put(-1).get(-1).end());
    all.put("an index never put", () -> pickle().get(7).end());
    all.put("a text of 4 GB", () -> pickle().op('X').four(-1).end());
    all.put("a string of 4 GB", () -> pickle().op('T').four(-1).end());
    all.put("bytes of 4 GB", () -> pickle().op('B').four(-1).end());
    all.put("bytes of 2^63", () -> pickle().op(0x8e).eight(Long.MIN_VALUE).end());
    all.put("a text of 2^62", () -> pickle().op(0x8d).eight(1L << 62).end());
    all.put("a frame of 2^63", () -> pickle().op(0x95).eight(Long.MIN_VALUE).raw("N").end());
    all.put("frames in frames", () -> pickle().op(0x95).eight(1).op(0x95).eight(9).raw("N").end());
    all.put("a name of 8 MB", () -> pickle().raw("c" + digits()).end());
    all.put("a protocol of 255", () -> pickle().op(0x80, 255).raw("N").end());
  }

  private static String digits() {
    return "9".repeat(8 << 20);
  }

  private static void opcodes(Map<String, Supplier<byte[]>> all) {
    all.put("17 million opcodes", () -> pickle().times(17 * MILLION, "N").end());
    all.put("9 million times nothing", () -> pickle().times(8 * MILLION, "N0").end());
    all.put("a million marks", () -> pickle().times(MILLION, "(").end());
    all.put("a million lists", () -> pickle().times(MILLION, "]").end());
    all.put("a million lists in lists", () -> pickle().times(MILLION, "](").end());
    all.put("a million dictionaries", () -> pickle().times(2 * MILLION, "}").end());
    all.put(
        "a list a million deep", () -> pickle().times(MILLION, "]").times(MILLION - 1, "a").end());
    all.put("a tuple a million deep", () -> deepTuple());
    all.put("a memo of a million", () -> memos());
    all.put("100 texts of 64 KB", () -> texts());
    all.put("nothing on the stack", () -> pickle().raw("0").end());
    all.put("below a mark", () -> pickle().raw("N(0000").end());
    all.put("no mark", () -> pickle().raw("Nt").end());
    all.put("a tuple of what is not there", () -> pickle().raw("N").op(0x87).end());
    all.put("a key without a value", () -> pickle().raw("}(Nu").end());
    all.put("attributes of nothing", () -> pickle().raw("Nb").end());
    all.put("attributes of a dictionary", () -> pickle().raw("}}b").end());
    all.put("items of a number", () -> pickle().raw("NN").raw("a").end());
    all.put("a call of a text", () -> pickle().text("os.system").raw(")R").end());
    all.put("a call without a tuple", () -> pickle().global("torch", "Size").raw("NR").end());
    all.put("a call without arguments", () -> pickle().global("torch", "Size").raw(")R").end());
    all.put("extension 1", () -> pickle().op(0x82, 1).end());
    all.put("extension 4", () -> pickle().op(0x84).four(-1).end());
    all.put("no opcode", () -> pickle().op(0).end());
    all.put("a text id", () -> pickle().raw("Pos.system\n").end());
  }

  private static byte[] deepTuple() {
    PickleWriter pickle = pickle().raw(")");
    for (int i = 0; i < MILLION; i++) {
      pickle.op(0x85);
    }
    return pickle.end();
  }

  private static byte[] memos() {
    PickleWriter pickle = pickle().raw("N");
    for (int i = 0; i < 2 * MILLION; i++) {
      pickle.put(i);
    }
    return pickle.end();
  }

  private static byte[] texts() {
    PickleWriter pickle = pickle();
    for (int i = 0; i < 240; i++) {
      pickle.text("\u00ff" + "x".repeat(65_000));
    }
    return pickle.end();
  }

  /** Values that are small until copied. */
  private static void copies(Map<String, Supplier<byte[]>> all) {
    all.put("20,000 pairs 100,000 times", () -> pairs());
    all.put("20,000 numbered pairs 100,000 times", () -> numberedPairs());
    all.put("a million sides 1,000 times", () -> sides());
  }

  private static byte[] pairs() {
    PickleWriter pickle = pickle().global("collections", "OrderedDict").put(0).raw("0](");
    for (int i = 0; i < 20_000; i++) {
      pickle.raw("(").text("k" + i).raw("Nt");
    }
    pickle.raw("e").op(0x85).put(1).raw("0(");
    for (int i = 0; i < 100_000; i++) {
      pickle.get(0).get(1).raw("R");
    }
    return pickle.raw("t").end();
  }

  private static byte[] numberedPairs() {
    PickleWriter pickle =
        pickle().global("collections", "OrderedDict").put(0).raw("0](").times(20_000, "(K\1Nt");
    pickle.raw("e").op(0x85).put(1).raw("0");
    for (int i = 0; i < 100_000; i++) {
      pickle.get(0).get(1).raw("R0");
    }
    return pickle.raw("N").end();
  }

  private static byte[] sides() {
    PickleWriter pickle = pickle().raw("(").times(MILLION, "K\1").raw("t").put(0).raw("0}(");
    for (int i = 0; i < 1000; i++) {
      pickle.text("t" + i).global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage");
      pickle.global("torch", "FloatStorage").text("0").text("cpu").raw("K\1tQK\0");
      pickle.get(0).get(0).raw("tR");
    }
    return pickle.raw("u").end();
  }

  private static void tensors(Map<String, Supplier<byte[]>> all) {
    long[] one = {1};
    all.put("a negative side", () -> tensor(0, new long[] {-1}, one));
    all.put("a negative stride", () -> tensor(0, new long[] {2}, new long[] {-1}));
    all.put("a negative offset", () -> tensor(-1, one, one));
    all.put("an offset of 2^63 - 1", () -> tensor(Long.MAX_VALUE, one, one));
    all.put("2^64 elements", () -> tensor(0, new long[] {1L << 32, 1L << 32}, new long[] {0, 0}));
    all.put("2^31 times the same", () -> tensor(0, new long[] {1L << 31}, new long[] {0}));
    all.put("more strides than sides", () -> tensor(0, one, new long[] {1, 1}));
    all.put(
        "a side of 2^200",
        () ->
            pickle()
                .raw("}")
                .text("t")
                .global("torch._utils", "_rebuild_tensor_v2")
                .raw("((")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .raw("K\1tQK\0(")
                .op(0x8a, 26)
                .raw("x".repeat(26))
                .raw("t")
                .tuple(1)
                .raw("tRs")
                .end());
    all.put(
        "a storage that is not there",
        () -> pickle().raw("}").text("t").tensor("../../etc/passwd", 0, one, one).raw("s").end());
    all.put(
        "a key of 60,000 letters",
        () -> pickle().raw("}").text("t").tensor("k".repeat(60_000), 0, one, one).raw("s").end());
    all.put(
        "a tensor of 60,000 letters",
        () -> pickle().raw("}").text("t".repeat(60_000)).tensor("0", 0, one, one).raw("s").end());
    all.put("a name twice", () -> pickle().raw("}").text("t").raw("Ns").text("t").raw("Ns").end());
    all.put(
        "a name twice by its wrapping",
        () ->
            pickle()
                .raw("}")
                .text("module.t")
                .tensor("0", 0, one, one)
                .raw("s")
                .text("t")
                .tensor("0", 0, one, one)
                .raw("s")
                .end());
  }

  private static byte[] tensor(long offset, long[] shape, long[] strides) {
    return new PickleWriter().raw("}").text("t").tensor("0", offset, shape, strides).raw("s").end();
  }

  /** Returns 2,000 tensors that all cover one storage. */
  static byte[] shared(int elements) {
    return views(2000, elements);
  }

  static byte[] views(int count, int elements) {
    PickleWriter pickle = pickle().raw("}(");
    for (int i = 0; i < count; i++) {
      pickle.text("t" + i).tensor("0", 0, new long[] {elements}, new long[] {1});
    }
    return pickle.raw("u").end();
  }
}
