/**
 * Merging of data files: their rows, column by column as they are stored, into fewer files. Start
 * at {@link io.medallion.delta.compact.FileMerge}.
 */
package io.medallion.delta.compact;
