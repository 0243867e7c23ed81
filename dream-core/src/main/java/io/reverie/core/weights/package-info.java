/** Weights files, read as data: nothing in them is ever run. */
package io.reverie.core.weights;
