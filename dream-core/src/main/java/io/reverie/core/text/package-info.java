/** Suggestions for mistyped names: the most similar of those that exist. */
package io.reverie.core.text;
