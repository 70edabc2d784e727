/** What the commands on a lake have in common. */
package io.medallion.maintenance.cli;
