/** What a job will take, computed from a calibration; measuring is left to the jobs themselves. */
package io.reverie.jobs.forecast;
