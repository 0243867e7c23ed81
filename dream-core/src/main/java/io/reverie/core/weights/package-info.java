/** Readers of weights files. Files are data: nothing in them is ever executed. */
package io.reverie.core.weights;
