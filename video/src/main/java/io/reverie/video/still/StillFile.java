package io.reverie.video.still;

import io.reverie.video.metadata.StillMetadata;

/**
 * A file of a still.
 *
 * @param metadata as the file has it, with the profile and the orientation of the stored pixels
 */
public record StillFile(Still still, StillMetadata metadata) {}
