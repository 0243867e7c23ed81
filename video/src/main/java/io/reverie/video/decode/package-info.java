/** Decodes files to frames that are identified by their presentation times. */
package io.reverie.video.decode;
