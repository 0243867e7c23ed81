package io.reverie.core.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pickle machine with limits on length, memory and nesting. Each opcode takes time proportional
 * to its bytes, and no value is traversed, compared or printed. Values are String, Long, BigInteger
 * (up to 255 bytes), Double, Boolean, {@link Items}, {@link Tuple}, {@link Dictionary}, {@link
 * OpaqueValue}, {@link Foreign}, and whatever {@link Globals} creates.
 */
public final class Pickle {

  private static final int HIGHEST_PROTOCOL = 5;
  private static final int DEEPEST = 1000;

  /** Estimated sizes of Java objects in bytes. */
  private static final int SLOT = 16;

  private static final int SCALAR = 24;
  private static final int CONTAINER = 64;
  private static final int REMEMBERED = 128;

  private final PickleBytes bytes;
  private final Globals globals;
  private final MemoryBudget memory = new MemoryBudget();
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(PickleBytes bytes, Globals globals) {
    this.bytes = bytes;
    this.globals = globals;
  }

  /**
   * Reads one pickle and not a byte more.
   *
   * @throws MalformedPickle if it is damaged, too large, or more than plain data
   */
  public static Object read(InputStream in, Globals globals) throws IOException, MalformedPickle {
    Pickle pickle = new Pickle(new PickleBytes(in), globals);
    for (int code = pickle.bytes.next(); code != Opcode.STOP; code = pickle.bytes.next()) {
      pickle.step(code);
    }
    return pickle.pop();
  }

  private void step(int code) throws IOException, MalformedPickle {
    switch (code) {
      case Opcode.PROTO -> requireKnown(bytes.next());
      // Frames only help readers that read ahead.
      case Opcode.FRAME -> bytes.skip(8);
      case Opcode.NONE -> push(OpaqueValue.NONE, 0);
      case Opcode.NEWTRUE -> push(true, 0);
      case Opcode.NEWFALSE -> push(false, 0);
      case Opcode.BININT -> push((long) bytes.signed4(), SCALAR);
      case Opcode.BININT1 -> push((long) bytes.next(), SCALAR);
      case Opcode.BININT2 -> push((long) bytes.unsigned2(), SCALAR);
      case Opcode.LONG1 -> push(whole(bytes.next(bytes.next())), 2 * CONTAINER);
      case Opcode.BINFLOAT -> push(bytes.real(), SCALAR);
      case Opcode.BINSTRING, Opcode.BINUNICODE -> text(bytes.unsigned4());
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINUNICODE -> text(bytes.next());
      case Opcode.BINBYTES -> skipped(bytes.unsigned4());
      case Opcode.SHORT_BINBYTES -> skipped(bytes.next());
      default -> gather(code);
    }
  }

  private void gather(int code) throws IOException, MalformedPickle {
    switch (code) {
      case Opcode.MARK -> mark();
      case Opcode.POP -> popOrUnmark();
      case Opcode.POP_MARK -> sinceMark();
      case Opcode.DUP -> push(top(Object.class), 0);
      case Opcode.EMPTY_TUPLE -> push(new Tuple(List.of()), SCALAR);
      case Opcode.TUPLE1 -> tuple(last(1));
      case Opcode.TUPLE2 -> tuple(last(2));
      case Opcode.TUPLE3 -> tuple(last(3));
      case Opcode.TUPLE, Opcode.FROZENSET -> tuple(sinceMark());
      case Opcode.EMPTY_LIST, Opcode.EMPTY_SET -> push(new Items(), CONTAINER);
      case Opcode.APPEND -> append(last(1));
      case Opcode.APPENDS, Opcode.ADDITEMS -> append(sinceMark());
      case Opcode.EMPTY_DICT -> push(new Dictionary(), 2 * CONTAINER);
      case Opcode.SETITEM -> setItems(last(2));
      case Opcode.SETITEMS -> setItems(sinceMark());
      default -> remember(code);
    }
  }

  private void remember(int code) throws IOException, MalformedPickle {
    switch (code) {
      case Opcode.BINPUT -> put(bytes.next());
      case Opcode.LONG_BINPUT -> put(bytes.signed4());
      case Opcode.MEMOIZE -> put(memo.size());
      case Opcode.BINGET -> get(bytes.next());
      case Opcode.LONG_BINGET -> get(bytes.signed4());
      default -> call(code);
    }
  }

  private void call(int code) throws IOException, MalformedPickle {
    switch (code) {
      case Opcode.GLOBAL -> push(globals.named(bytes.line(), bytes.line()), CONTAINER);
      case Opcode.STACK_GLOBAL -> {
        String name = pop(String.class);
        push(globals.named(pop(String.class), name), CONTAINER);
      }
      case Opcode.REDUCE -> {
        Tuple arguments = pop(Tuple.class);
        push(pop(Globals.Factory.class).create(arguments, memory), CONTAINER);
      }
      case Opcode.INST, Opcode.OBJ, Opcode.NEWOBJ, Opcode.NEWOBJ_EX -> construct(code);
      case Opcode.BINPERSID -> push(globals.stored(pop(Tuple.class)), CONTAINER);
      // Drops the attributes of an object, such as the version of a dictionary.
      case Opcode.BUILD -> {
        pop();
        top(Object.class);
      }
      default -> throw new MalformedPickle(Opcode.refusal(code));
    }
  }

  /** Puts a placeholder, or the value of a known factory, in place of a new object. */
  private void construct(int code) throws IOException, MalformedPickle {
    switch (code) {
      case Opcode.INST -> {
        Object made = globals.named(bytes.line(), bytes.line());
        create(made, new Tuple(sinceMark()));
      }
      case Opcode.OBJ -> {
        List<Object> items = sinceMark();
        if (items.isEmpty()) {
          throw new MalformedPickle("an opcode lacks its operand");
        }
        create(items.get(0), new Tuple(items.subList(1, items.size())));
      }
      default -> {
        if (code == Opcode.NEWOBJ_EX) {
          pop(Dictionary.class);
        }
        Tuple arguments = pop(Tuple.class);
        create(pop(), arguments);
      }
    }
  }

  private void create(Object made, Tuple arguments) throws MalformedPickle {
    if (!(made instanceof Globals.Factory factory)) {
      throw new MalformedPickle("it constructs an object of something that is not a class");
    }
    push(factory.create(arguments, memory), CONTAINER);
  }

  private static void requireKnown(int protocol) throws MalformedPickle {
    if (protocol > HIGHEST_PROTOCOL) {
      throw new MalformedPickle("it uses the unsupported protocol %d".formatted(protocol));
    }
  }

  private static Object whole(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    boolean negative = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0;
    bigEndian[0] = (byte) (negative ? -1 : 0);
    BigInteger whole = new BigInteger(bigEndian);
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }

  private void text(long length) throws IOException, MalformedPickle {
    push(bytes.text(length), CONTAINER + 2 * length);
  }

  private void skipped(long length) throws IOException, MalformedPickle {
    bytes.skip(length);
    push(OpaqueValue.BYTES, 0);
  }

  private void push(Object value, long bytes) throws MalformedPickle {
    memory.reserve(SLOT + bytes);
    stack.add(value);
  }

  private Object pop() throws MalformedPickle {
    return pop(Object.class);
  }

  private <T> T pop(Class<T> kind) throws MalformedPickle {
    T top = top(kind);
    stack.remove(stack.size() - 1);
    return top;
  }

  /** Returns the top of the stack; values below the last mark are out of reach. */
  private <T> T top(Class<T> kind) throws MalformedPickle {
    if (stack.size() <= floor() || !kind.isInstance(stack.get(stack.size() - 1))) {
      throw new MalformedPickle("an opcode lacks its operand");
    }
    return kind.cast(stack.get(stack.size() - 1));
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.getLast();
  }

  private void mark() throws MalformedPickle {
    if (marks.size() == DEEPEST) {
      throw new MalformedPickle("it is nested more than %d levels deep".formatted(DEEPEST));
    }
    marks.addLast(stack.size());
  }

  private void popOrUnmark() throws MalformedPickle {
    if (!marks.isEmpty() && stack.size() == floor()) {
      marks.removeLast();
    } else {
      pop();
    }
  }

  private List<Object> sinceMark() throws MalformedPickle {
    if (marks.isEmpty()) {
      throw new MalformedPickle("an opcode lacks its mark");
    }
    return cut(marks.removeLast());
  }

  private List<Object> last(int count) throws MalformedPickle {
    if (stack.size() - count < floor()) {
      throw new MalformedPickle("an opcode lacks its operand");
    }
    return cut(stack.size() - count);
  }

  private List<Object> cut(int from) {
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> cut = List.of(tail.toArray());
    tail.clear();
    return cut;
  }

  private void tuple(List<Object> items) throws MalformedPickle {
    push(new Tuple(items), CONTAINER + (long) SLOT * items.size());
  }

  private void append(List<Object> items) throws MalformedPickle {
    if (!(top(Object.class) instanceof Foreign)) {
      top(Items.class).addAll(items, memory);
    }
  }

  private void setItems(List<Object> items) throws MalformedPickle {
    if (items.size() % 2 != 0) {
      throw new MalformedPickle("it has a key without a value");
    }
    if (top(Object.class) instanceof Foreign) {
      return;
    }
    Dictionary dictionary = top(Dictionary.class);
    for (int i = 0; i < items.size(); i += 2) {
      dictionary.put(items.get(i), items.get(i + 1), memory);
    }
  }

  private void put(int index) throws MalformedPickle {
    memory.reserve(REMEMBERED);
    memo.put(index, top(Object.class));
  }

  private void get(int index) throws MalformedPickle {
    Object value = memo.get(index);
    if (value == null) {
      throw new MalformedPickle("it refers to an undefined value");
    }
    push(value, 0);
  }
}
