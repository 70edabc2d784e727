/** Repeatable random numbers, and courses that follow from them. */
package io.medallion.generator.noise;
