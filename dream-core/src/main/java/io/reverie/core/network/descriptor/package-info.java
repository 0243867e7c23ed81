/** YAML descriptors of networks: preprocessing, classes, presets and published weights. */
package io.reverie.core.network.descriptor;
