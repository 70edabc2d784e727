/** The semantic model of a contract, in TMDL. Start at {@link SemanticModel}. */
package io.medallion.powerbi.model;
