/**
 * CUDA's libtorch from the class path: which of NVIDIA's libraries it needs, where they are, and
 * the folder it is unpacked into.
 */
package io.reverie.core.engine.cuda;
