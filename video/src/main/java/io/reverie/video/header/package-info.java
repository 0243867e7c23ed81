/** Readers of image headers, which check a still before any decoder sees it. */
package io.reverie.video.header;
