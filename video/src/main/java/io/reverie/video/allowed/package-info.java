/** What FFmpeg may be asked to read: everything that is not named here is refused. */
package io.reverie.video.allowed;
