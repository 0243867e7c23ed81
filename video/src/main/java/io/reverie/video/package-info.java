/**
 * Videos and stills: index, frame-exact decode, encode, assembly by packets.
 *
 * <p>Native libraries are reached through bytedeco alone, and no type of theirs is in a public
 * signature. Frames are identified by their pts, never by number.
 */
package io.reverie.video;
