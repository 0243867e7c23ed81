/** Measures how fast this machine takes gradient steps and dreams videos. */
package io.reverie.jobs.bench;
