/**
 * Judges the events in quarantine again, and adds to silver what is valid by the rules of today.
 */
package io.medallion.maintenance.redrive;
