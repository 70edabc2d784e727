/** The functions that contracts can call: pure, NaN where a formula does not hold. */
package io.medallion.contract.functions;
