/** The process and its system: temporary folder, native libraries, user name, limits. */
package io.reverie.jobs.process;
