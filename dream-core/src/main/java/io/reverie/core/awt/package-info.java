/** The bridge to java.awt, which no other package uses. */
package io.reverie.core.awt;
