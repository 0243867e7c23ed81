package io.reverie.video.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.ExifEditor;
import io.reverie.video.metadata.exif.ExifOrder;
import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** EXIF data is edited in place; removed bytes are gone. */
class ExifStreamTest {

  static Stream<ByteOrder> orders() {
    return Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  private static StillMetadata with(byte[] exif) {
    return new StillMetadata(
        Optional.empty(),
        Optional.of(exif),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static TiffDirectory root(byte[] stream) {
    return TiffDirectory.first(ByteView.of(stream));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void anUprightPictureIsDescribedWithoutThumbnail(ByteOrder order) {
    byte[] stream = ExifStream.described(ExifSample.stream(order), 48, 80, true);
    TiffDirectory root = root(stream);
    assertThat(root.number(TiffTag.ORIENTATION, 0)).isEqualTo(1);
    assertThat(root.next()).isZero();
    TiffDirectory exif = root.sub(TiffTag.EXIF).orElseThrow();
    assertThat(exif.number(TiffTag.PIXEL_WIDTH, 0)).isEqualTo(48);
    assertThat(exif.number(TiffTag.PIXEL_HEIGHT, 0)).isEqualTo(80);
    assertThat(Pictures.contains(stream, "SOURCE")).isFalse();
    assertThat(stream).hasSizeLessThan(345);
    assertThat(exif.entry(TiffTag.MAKER_NOTE).orElseThrow().at()).isEqualTo(ExifSample.NOTE);
    assertThat(Pictures.contains(stream, ExifSample.ARTIST)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aWideSideBecomesALongNumber(ByteOrder order) {
    byte[] stream = ExifStream.described(ExifSample.stream(order), 70_000, 80, true);
    TiffDirectory exif = root(stream).sub(TiffTag.EXIF).orElseThrow();
    assertThat(exif.number(TiffTag.PIXEL_WIDTH, 0)).isEqualTo(70_000);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void theOtherByteOrderHasTheSameValuesInTheSamePlaces(ByteOrder order) {
    ByteOrder other =
        order.equals(ByteOrder.LITTLE_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] converted = ExifOrder.converted(ExifSample.stream(order), other);
    ExifEditor expected = new ExifEditor(ExifSample.stream(other));
    ExifEditor made = new ExifEditor(converted);
    assertThat(made.all()).hasSameSizeAs(expected.all());
    for (int i = 0; i < made.all().size(); i++) {
      assertThat(made.all().get(i).entries()).isEqualTo(expected.all().get(i).entries());
    }
    assertThat(made.root().rational(TiffTag.X_RESOLUTION)).isEqualTo(300);
    assertThat(ExifOrder.converted(converted, order)).isEqualTo(ExifSample.stream(order));
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aMakerNoteKeepsItsPlaceInEveryFormatAndBack(ByteOrder order) {
    byte[] exif = ExifSample.stream(order);
    for (String name : List.of("a.jpg", "a.png", "a.webp", "a.tif", "a.jpg")) {
      byte[] still = with(exif).write(Pictures.encoded(name, 40, 24)).still();
      StillMetadata read = StillMetadata.read(still);
      assertThat(read.losses()).isEmpty();
      exif = read.exif().orElseThrow();
      TiffDirectory directory = root(exif).sub(TiffTag.EXIF).orElseThrow();
      TiffEntry note = directory.entry(TiffTag.MAKER_NOTE).orElseThrow();
      assertThat(note.at()).as(name).isEqualTo(ExifSample.NOTE);
      assertThat(Pictures.contains(directory.value(note), ExifSample.SERIAL)).isTrue();
      assertThat(Pictures.contains(exif, ExifSample.ARTIST)).isTrue();
      assertThat(root(exif).sub(TiffTag.GPS).orElseThrow().rational(2)).isEqualTo(52);
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void privateDataIsGoneFromTheBytes(ByteOrder order) {
    byte[] stream = ExifStream.withoutPrivate(ExifSample.stream(order));
    TiffDirectory root = root(stream);
    assertThat(root.entry(TiffTag.GPS)).isEmpty();
    assertThat(root.sub(TiffTag.EXIF).orElseThrow().entry(TiffTag.MAKER_NOTE)).isEmpty();
    assertThat(Pictures.contains(stream, ExifSample.SERIAL)).isFalse();
    byte[] degrees = ByteBuffer.allocate(8).order(order).putInt(52).putInt(1).array();
    for (int at = 0; at < stream.length; at++) {
      assertThat(ByteView.of(stream).has(at, degrees)).isFalse();
    }
    assertThat(root.next()).isEqualTo(350);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void directoriesThatPointToThemselvesEnd(ByteOrder order) {
    byte[] stream = ExifSample.stream(order);
    ByteBuffer bytes = ByteBuffer.wrap(stream).order(order);
    bytes.putInt(8 + 2 + 5 * TiffEntry.ENTRY, 8);
    byte[] looping = ExifStream.described(stream, 8, 8, true);
    assertThat(root(looping).number(TiffTag.ORIENTATION, 0)).isEqualTo(1);
    // The EXIF directory is the first one itself.
    bytes.putInt(8 + 2 + 3 * TiffEntry.ENTRY + 8, 8);
    assertThat(with(stream).withoutPrivate().write(Pictures.encoded("a.tif", 8, 8)).still())
        .isNotEmpty();
  }
}
