/** From the bytes of an event to typed, validated fields, or to a reason why not. */
package io.medallion.job.decode;
