/**
 * Python pickles, read as data within limits. A pickle is a program: this reader runs only the
 * opcodes that build plain values and resolves only the names that its caller allows.
 */
package io.reverie.core.pickle;
