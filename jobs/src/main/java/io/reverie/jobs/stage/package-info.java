/** Stages of a task that run on threads of their own, connected by bounded queues. */
@NullMarked
package io.reverie.jobs.stage;

import org.jspecify.annotations.NullMarked;
