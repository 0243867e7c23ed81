package io.reverie.jobs;

import java.io.Serializable;

/**
 * What changes the run but not the picture.
 *
 * @param overwrite whether complete results are made anew
 * @param dryRun whether to stop after the plan
 * @param quiet whether to say nothing but errors
 */
public record RunOptions(boolean overwrite, boolean dryRun, boolean quiet)
    implements Serializable {}
