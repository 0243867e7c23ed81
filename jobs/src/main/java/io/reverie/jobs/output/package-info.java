/** Where results and unfinished work are written. */
package io.reverie.jobs.output;
