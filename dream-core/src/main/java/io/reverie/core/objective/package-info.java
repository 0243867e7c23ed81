/** What a dream climbs: a set of objectives that is closed, so that adding one is one record. */
package io.reverie.core.objective;
