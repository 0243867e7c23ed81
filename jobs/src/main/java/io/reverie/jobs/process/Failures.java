package io.reverie.jobs.process;

import java.io.Serializable;

/**
 * The failed attempts of a task.
 *
 * @param fruitless failures since the task last made progress
 * @param counted failures that Spark counts towards its limit
 */
public record Failures(int fruitless, int counted) implements Serializable {}
