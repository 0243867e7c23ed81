/** Progress bars. */
package io.reverie.jobs.progress;
