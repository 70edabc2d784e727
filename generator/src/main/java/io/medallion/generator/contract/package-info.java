/**
 * Events of any contract: start at {@link io.medallion.generator.contract.ContractEvents}.
 *
 * <p>A leaf is a place in the body where a value is; a value maker writes what is there. Which
 * leaves an event has, and what makes their values, follows from the contract once.
 */
package io.medallion.generator.contract;
