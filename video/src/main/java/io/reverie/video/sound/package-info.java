/** What is heard in a video, as far as a dream can follow it. */
package io.reverie.video.sound;
