/** Errors that the user can fix. */
package io.reverie.jobs.error;
