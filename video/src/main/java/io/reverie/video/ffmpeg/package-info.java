/** Thin wrappers of FFmpeg; the only package with native types in public signatures. */
package io.reverie.video.ffmpeg;
