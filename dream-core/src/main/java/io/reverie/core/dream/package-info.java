/** DeepDream of one image: settings, octaves and gradient ascent. */
package io.reverie.core.dream;
