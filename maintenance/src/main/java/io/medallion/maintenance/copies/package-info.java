/** What tells a copy of an event from another event, by the rows of tables. */
package io.medallion.maintenance.copies;
