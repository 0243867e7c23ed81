/** How much of a process's memory dreams need, and which task may use it when. */
package io.reverie.jobs.memory;
