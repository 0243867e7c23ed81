/** Networks as trees of operations, with steps as leaves. */
package io.reverie.core.network.graph;
