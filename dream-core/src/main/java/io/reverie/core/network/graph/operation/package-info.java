/** The steps that only imported networks use. */
package io.reverie.core.network.graph.operation;
