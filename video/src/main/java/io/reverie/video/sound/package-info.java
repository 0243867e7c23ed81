/** Audio features of a video that can drive a dream. */
package io.reverie.video.sound;
