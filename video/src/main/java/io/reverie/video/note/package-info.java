/** A text that travels inside a picture or a video: how it was made. */
package io.reverie.video.note;
