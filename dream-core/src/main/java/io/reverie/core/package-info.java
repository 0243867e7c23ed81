/** Images and errors that the whole library shares. The library needs neither Spark nor FFmpeg. */
package io.reverie.core;
