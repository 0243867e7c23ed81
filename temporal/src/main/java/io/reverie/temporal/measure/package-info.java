/** Measures dreamed frames: flicker, strength, gain, time. */
package io.reverie.temporal.measure;
