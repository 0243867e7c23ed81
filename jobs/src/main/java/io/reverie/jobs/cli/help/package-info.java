/** The sections of the help, sentences for wrong command lines, and completion for fish. */
package io.reverie.jobs.cli.help;
