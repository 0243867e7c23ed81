/** Where pictures may dream: masks, and how they follow what they cover. */
package io.reverie.jobs.region;
