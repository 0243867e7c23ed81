/** Numbers that change over time: keyframes and audio-driven curves. */
package io.reverie.jobs.spec.curve;
