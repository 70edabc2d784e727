/** Events as bytes: valid ones, and each kind of invalid one. */
package io.medallion.generator.event;
