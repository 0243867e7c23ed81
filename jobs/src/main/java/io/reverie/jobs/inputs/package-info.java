/** Lists of inputs with outputs and settings of their own. */
package io.reverie.jobs.inputs;
