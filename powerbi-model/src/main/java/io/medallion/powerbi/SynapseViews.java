package io.medallion.powerbi;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.powerbi.model.ColumnType;
import io.medallion.powerbi.model.SemanticModel;
import java.util.ArrayList;
import java.util.List;

/** Gold as views of a Synapse serverless SQL pool, whose columns are declared. */
final class SynapseViews {

  private static final String HEAD =
      """
      -- Gold as views of a Synapse serverless SQL pool. Not run against Synapse yet.
      --
      -- Replace ACCOUNT, CONTAINER and PASSWORD. The workspace's managed identity needs the role
      -- 'Storage Blob Data Reader' on the container; users of the views need none.
      -- Columns are declared, so that texts have a length: the job takes no text of more than 256 characters, 768 bytes.

      CREATE DATABASE [%1$s] COLLATE Latin1_General_100_BIN2_UTF8;
      GO

      USE [%1$s];
      GO

      CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'PASSWORD';
      CREATE DATABASE SCOPED CREDENTIAL lake_identity WITH IDENTITY = 'Managed Identity';
      CREATE EXTERNAL DATA SOURCE lake WITH (
          LOCATION = 'https://ACCOUNT.dfs.core.windows.net/CONTAINER/%1$s',
          CREDENTIAL = lake_identity
      );
      GO
      """;

  private static final String VIEW =
      """

      -- One row for each %1$s. Times are UTC.
      CREATE OR ALTER VIEW dbo.[%2$s] AS
      SELECT *
      FROM OPENROWSET(BULK '%3$s/', DATA_SOURCE = 'lake', FORMAT = 'DELTA')
      WITH (
          %4$s
      ) AS gold;
      GO
      """;

  private SynapseViews() {}

  static String sql(Contract contract) {
    StringBuilder sql = new StringBuilder(HEAD.formatted(contract.name()));
    contract.gold().forEach(table -> sql.append(view(contract, table)));
    return sql.toString();
  }

  private static String view(Contract contract, GoldTable table) {
    List<String> columns = new ArrayList<>();
    ColumnType.of(contract, table).forEach((name, type) -> columns.add(column(name, type)));
    return VIEW.formatted(
        SemanticModel.rows(table), table.name(), table.path(), String.join(",\n    ", columns));
  }

  /** In brackets, as a name may be a keyword of SQL. */
  private static String column(String name, ColumnType type) {
    return "[" + name + "] " + type.sql();
  }
}
