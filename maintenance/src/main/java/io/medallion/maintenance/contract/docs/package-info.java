/** The page that says what events and tables of a contract are. */
package io.medallion.maintenance.contract.docs;
