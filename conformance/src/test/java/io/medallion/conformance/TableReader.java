package io.medallion.conformance;

import java.nio.file.Path;
import java.util.List;

/** A library that reads Delta tables, other than the one that we write them with. */
interface TableReader {

  /** All rows of the table in canonical JSON, sorted. */
  List<String> rows(Path table) throws Exception;
}
