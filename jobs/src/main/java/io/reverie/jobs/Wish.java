package io.reverie.jobs;

import io.reverie.jobs.storage.Location;
import java.io.Serializable;

/**
 * Something to dream.
 *
 * @param input as the user names it
 * @param output where the result goes
 */
public record Wish(String input, Location output) implements Serializable {}
