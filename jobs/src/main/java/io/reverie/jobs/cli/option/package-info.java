/** Options that several commands share, and those that set keys of the spec. */
package io.reverie.jobs.cli.option;
