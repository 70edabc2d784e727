/** When events are due: rates and their shapes. */
package io.medallion.generator.rate;
