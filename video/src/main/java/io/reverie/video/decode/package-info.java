/** From a file to frames by their pts. */
package io.reverie.video.decode;
