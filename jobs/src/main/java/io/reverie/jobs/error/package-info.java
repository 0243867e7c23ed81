/** Mistakes of the user, told in one sentence. */
package io.reverie.jobs.error;
