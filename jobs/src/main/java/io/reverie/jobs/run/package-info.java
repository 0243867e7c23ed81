/** What all jobs share: items of work, their outcomes, options that change no pixel. */
package io.reverie.jobs.run;
