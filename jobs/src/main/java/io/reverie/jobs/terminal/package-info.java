/** Output for people, in which no character can move the cursor, hide text or reverse it. */
package io.reverie.jobs.terminal;
