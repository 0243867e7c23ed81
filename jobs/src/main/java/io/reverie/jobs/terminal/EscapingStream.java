package io.reverie.jobs.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/** Escapes the invisible characters in what libraries print, except line ends and tabs. */
final class EscapingStream extends OutputStream {

  private final OutputStream out;
  private final Charset charset;
  private final CharsetDecoder decoder;

  /** The first bytes of an incomplete character. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  EscapingStream(OutputStream out, Charset charset) {
    this.out = out;
    this.charset = charset;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  static PrintStream wrap(PrintStream out, Charset charset) {
    return new PrintStream(new EscapingStream(out, charset), true, charset);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(rest.remaining() + length);
    all.put(rest).put(bytes, from, length).flip();
    CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
    decoder.decode(all, text, false);
    rest = all;
    out.write(Escaper.lines(text.flip().toString()).getBytes(charset));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
