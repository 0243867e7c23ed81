/** The objectives of a dream. The set is sealed; see CONTRIBUTING.md for how to add one. */
package io.reverie.core.objective;
