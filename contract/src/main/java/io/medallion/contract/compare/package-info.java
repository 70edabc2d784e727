/** Compares two contracts: what a lake of the one would go through with the other. */
package io.medallion.contract.compare;
