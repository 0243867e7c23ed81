/**
 * ICC colour profiles: conversions from and to sRGB, and profiles made from primaries and a curve.
 */
package io.reverie.video.icc;
