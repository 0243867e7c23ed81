/**
 * Python's pickles, read as data within limits. A pickle is a program; of its opcodes only those
 * that build plain values are known here, and of its names only those that the caller knows.
 */
package io.reverie.core.pickle;
