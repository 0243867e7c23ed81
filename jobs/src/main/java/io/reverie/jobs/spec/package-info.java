/** The settings of a result: how they are merged, validated and scheduled. */
package io.reverie.jobs.spec;
