/** DeepDream of one picture: octaves, ascent, and what it starts from. */
package io.reverie.core.dream;
