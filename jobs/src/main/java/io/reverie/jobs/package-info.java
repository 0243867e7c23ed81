/** The Spark jobs, their plans, and the command line. The only module that knows URIs. */
package io.reverie.jobs;
