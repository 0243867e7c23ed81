/** What is shown to a person: nothing in it moves the cursor, hides or turns text around. */
package io.reverie.jobs.terminal;
