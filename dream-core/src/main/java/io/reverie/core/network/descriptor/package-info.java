/** The YAML files that describe networks: preprocessing, classes, presets, published weights. */
package io.reverie.core.network.descriptor;
