package io.reverie.jobs;

import java.io.Serializable;

/**
 * One still to dream.
 *
 * @param input a local file
 * @param output where the result goes
 */
record ImageItem(String input, String output) implements Serializable {}
