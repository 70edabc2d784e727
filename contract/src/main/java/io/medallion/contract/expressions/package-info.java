/** Expressions over named values, in CEL: typed and checked before there are any values. */
package io.medallion.contract.expressions;
