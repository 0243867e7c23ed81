/** reverie rerun: makes a result again from its recorded settings and compares. */
package io.reverie.jobs.rerun;
