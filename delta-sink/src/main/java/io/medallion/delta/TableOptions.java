package io.medallion.delta;

import java.io.Serializable;

/**
 * How a sink deals with a table that is not as it left it.
 *
 * @param sinkName names the sink in the table's history
 */
record TableOptions(String sinkName, RewindPolicy rewindPolicy, SchemaPolicy schemaPolicy)
    implements Serializable {}
