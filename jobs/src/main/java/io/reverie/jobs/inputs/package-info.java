/** Lists of inputs, each with its own output and settings. */
package io.reverie.jobs.inputs;
