/** Architectures written in Java, under torchvision's names. */
package io.reverie.core.network.architecture;
