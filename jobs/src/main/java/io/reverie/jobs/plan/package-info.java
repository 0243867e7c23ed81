/** Which pieces a job consists of; depends on content and spec alone, never on workers. */
package io.reverie.jobs.plan;
