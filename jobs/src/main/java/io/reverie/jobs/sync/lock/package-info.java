/** The lock on a prefix of results, held through a lease or left to the scheduler. */
package io.reverie.jobs.sync.lock;
