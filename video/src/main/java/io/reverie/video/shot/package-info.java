/** Where a video's shots begin. */
package io.reverie.video.shot;
