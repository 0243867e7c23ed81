/** Shot boundary detection. */
package io.reverie.video.shot;
