/** The videos that a user names: files, globs, numbered frames. */
package io.reverie.jobs.video.input;
