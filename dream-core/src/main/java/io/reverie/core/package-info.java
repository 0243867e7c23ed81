/** The dream of one image. Knows neither Spark nor files of video. */
package io.reverie.core;
