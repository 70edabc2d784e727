/** What rows follow from a record, in a form in which millions of them are compared. */
package io.medallion.maintenance.audit.derive;
