/** Reads finished videos back before they are published. */
package io.reverie.video.check;
