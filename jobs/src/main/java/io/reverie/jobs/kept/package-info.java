/** Dreams kept after a run, for another strength or encoding without dreaming again. */
package io.reverie.jobs.kept;
