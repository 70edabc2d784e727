/** The bronze of a lake as a source of the job: bounded, each partition in the order of offsets. */
package io.medallion.local.bronze;
