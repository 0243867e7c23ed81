/** Cross-fades between two dreams of the same frames. */
package io.reverie.temporal.fade;
