/** The demuxers and decoders that FFmpeg may use. */
package io.reverie.video.allowlist;
