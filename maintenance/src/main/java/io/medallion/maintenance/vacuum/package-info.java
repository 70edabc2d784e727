/**
 * Vacuum: data files that nobody needs are deleted. Start at {@link
 * io.medallion.maintenance.vacuum.TableVacuum}; {@link io.medallion.maintenance.vacuum.FileRules}
 * has the rule.
 */
package io.medallion.maintenance.vacuum;
