/** From frames to encoded segments. */
package io.reverie.video.encode;
