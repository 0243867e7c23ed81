/**
 * The job of {@code reverie sync}: finds new, changed and failed inputs below a prefix, and dreams
 * them.
 */
package io.reverie.jobs.sync;
