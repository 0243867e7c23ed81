/** Types of single settings, each with its own syntax. */
package io.reverie.jobs.spec.rule;
