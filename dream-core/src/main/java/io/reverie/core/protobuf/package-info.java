/**
 * Protocol Buffers messages, read as data within limits and without generated classes: fields in
 * the order of the file, long values as positions in it.
 */
package io.reverie.core.protobuf;
