/** Files and objects, wherever they lie: the only place that knows Hadoop's file systems. */
package io.reverie.jobs.storage;
