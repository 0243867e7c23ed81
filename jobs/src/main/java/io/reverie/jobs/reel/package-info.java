/** Pictures that go with a video's frames: one, many in time, or some with numbers. */
package io.reverie.jobs.reel;
