/** Decoding and presentation times of packets, made such that every container takes them. */
package io.reverie.video.times;
