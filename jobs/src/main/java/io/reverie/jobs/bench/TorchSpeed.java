package io.reverie.jobs.bench;

/**
 * The speed of a step in python3-torch.
 *
 * @param seconds median
 */
public record TorchSpeed(StepCase step, double seconds) {}
