/** A cheap, smooth and repeatable model of the weather at a number of stations. */
package io.medallion.generator.weather;
