/** Random transformations before each gradient: jitter, scale, rotation, windows. */
package io.reverie.core.dream.transform;
