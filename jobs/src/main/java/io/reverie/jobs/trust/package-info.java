/** Decides what text from an untrusted source, such as a result's note, may make the program do. */
package io.reverie.jobs.trust;
