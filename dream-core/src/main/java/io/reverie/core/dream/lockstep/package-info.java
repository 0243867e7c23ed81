/** Dreams on several threads that share the passes of a network. */
package io.reverie.core.dream.lockstep;
