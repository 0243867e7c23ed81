package io.reverie.core.protobuf;

/**
 * The bytes of a value in the stream that a message is read from.
 *
 * @param position of the first byte, from the beginning of the stream
 * @param length in bytes
 */
public record Extent(int position, int length) {}
