package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableContent;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What is kept of a table's rows. Called by one thread; keeps none of the files but a few, because
 * a table may have any number of them.
 */
interface TableRows {

  /** Of a table of which only the log is read. */
  TableRows NONE =
      new TableRows() {
        @Override
        public void clear() {}

        @Override
        public void consider(DataFile file) {}

        @Override
        public void read(TableContent table, LongConsumer progress) {}

        @Override
        public void append(TableContent table, List<DataFile> files) {}
      };

  /** Forgets all rows and files. */
  void clear();

  /** To be told of each file of the table before {@link #read}. */
  void consider(DataFile file);

  /**
   * Takes in the table's present rows.
   *
   * @param progress to be told how many more rows are done
   */
  void read(TableContent table, LongConsumer progress);

  /** Takes in rows that came. */
  void append(TableContent table, List<DataFile> files);
}
