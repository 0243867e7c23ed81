/** Leases: locks that one process on any machine holds, by files with numbers. */
package io.reverie.jobs.lease;
