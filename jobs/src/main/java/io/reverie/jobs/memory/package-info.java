/** What dreams take of a process's memory, and who may have it when. */
package io.reverie.jobs.memory;
