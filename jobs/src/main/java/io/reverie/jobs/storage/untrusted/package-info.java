/** Reads Reverie's own files in folders that others may write to, where any content may be. */
package io.reverie.jobs.storage.untrusted;
