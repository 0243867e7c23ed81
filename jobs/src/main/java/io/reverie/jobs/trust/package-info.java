/** What a text that came from elsewhere, such as a result's note, may make the program do. */
package io.reverie.jobs.trust;
