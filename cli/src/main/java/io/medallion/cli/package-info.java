/**
 * The one command line. {@link io.medallion.cli.MedallionMain} finds the {@link
 * io.medallion.cli.Subcommand}s on its class path; {@link io.medallion.cli.CommandLineRunner}
 * parses their options and says their errors.
 */
package io.medallion.cli;
