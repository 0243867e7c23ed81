/** Dreams that stay on things: carried along the flow, renewed where they are missing, measured. */
package io.reverie.jobs.carry;
