/** What the system gives a process: its temporary folder, its natives, its user, its limits. */
package io.reverie.jobs.process;
