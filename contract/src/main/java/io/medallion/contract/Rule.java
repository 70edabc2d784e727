package io.medallion.contract;

import io.medallion.contract.expressions.Expression;

/**
 * What has to hold of an event beyond single fields. An event breaks the rule if its check is
 * false; a check that is unknown, as a value is absent, breaks nothing: as in SQL's constraints.
 *
 * @param code what quarantine has as the reason, or silver as a quality flag
 * @param check gives true or false
 * @param severity what becomes of an event that breaks it
 * @param description for people; empty without
 */
public record Rule(String code, Expression check, Severity severity, String description) {}
