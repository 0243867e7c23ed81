/** What a still's first bytes say of it, read before any decoder sees the file. */
package io.reverie.video.header;
