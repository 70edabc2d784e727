/** A contract in the form of the Open Data Contract Standard. */
package io.medallion.maintenance.contract.odcs;
