/** What native libraries print by themselves, which no user asked for. */
package io.reverie.video.quiet;
