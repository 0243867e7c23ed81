/** Measures dreamed frames: flicker, strength, gain and time. */
package io.reverie.temporal.measure;
