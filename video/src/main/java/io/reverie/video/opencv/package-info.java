/** The state of OpenCV in this process: one thread, and nothing printed past Java. */
package io.reverie.video.opencv;
