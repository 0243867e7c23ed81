/**
 * Forecasts the time, memory and cost of a job from a calibration, which the jobs themselves
 * measure.
 */
package io.reverie.jobs.forecast;
