/** The only place that knows which tensor engine computes: PyTorch, through DJL. */
package io.reverie.core.engine;
