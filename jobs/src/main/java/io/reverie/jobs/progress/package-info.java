/** What a waiting user sees. */
package io.reverie.jobs.progress;
