/** Words of messages: suggestions for mistyped names, and numbers of things. */
package io.reverie.core.text;
