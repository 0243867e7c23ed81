/**
 * Self-contained HTML pages: everything is inside the file, and nothing is loaded or run besides.
 */
package io.reverie.jobs.page;
