/** Built-in architectures with torchvision's layer names. */
package io.reverie.core.network.architecture;
