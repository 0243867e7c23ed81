/** Thin wrappers of FFmpeg; the only package whose public signatures show native types. */
package io.reverie.video.ffmpeg;
