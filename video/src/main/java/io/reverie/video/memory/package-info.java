/** How much memory pictures need, and how much this process has. */
package io.reverie.video.memory;
