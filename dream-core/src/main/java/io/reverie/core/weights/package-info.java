/** Detects the format of a weights file and reads it. Files are data and never run as code. */
package io.reverie.core.weights;
