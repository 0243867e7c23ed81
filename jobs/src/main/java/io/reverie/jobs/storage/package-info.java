/** Local and remote files and objects; the only package that uses Hadoop's file systems. */
package io.reverie.jobs.storage;
