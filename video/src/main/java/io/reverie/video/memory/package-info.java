/** Estimates the memory that images need and the memory of this process. */
package io.reverie.video.memory;
