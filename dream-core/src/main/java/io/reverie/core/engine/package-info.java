/**
 * The tensor engine: PyTorch through DJL. Other packages use it only by these classes and DJL's
 * tensors.
 */
package io.reverie.core.engine;
