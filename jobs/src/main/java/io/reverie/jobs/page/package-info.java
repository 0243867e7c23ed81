/** Self-contained HTML pages: everything is inside the file, and nothing else is loaded or run. */
package io.reverie.jobs.page;
