package io.medallion.delta;

import java.io.Serializable;

/**
 * How a sink deals with a table that is not as it left it.
 *
 * @param sinkName names the sink in the table's history
 * @param meaning of the rows
 * @param retries of a start or a commit that storage got in the way of
 */
record TableOptions(
    String sinkName,
    RewindPolicy rewindPolicy,
    SchemaPolicy schemaPolicy,
    RowMeaning meaning,
    Retries retries)
    implements Serializable {}
