/** The settings that change the picture: their tree, their defaults, their meaning. */
package io.reverie.jobs.spec;
