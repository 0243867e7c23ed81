/**
 * Media files in storage: read as they were listed, ahead of their turn, or written several at a
 * time.
 */
package io.reverie.jobs.storage.media;
