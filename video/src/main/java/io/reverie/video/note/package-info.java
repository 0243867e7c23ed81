/** Stores in images and videos how they were made. */
package io.reverie.video.note;
