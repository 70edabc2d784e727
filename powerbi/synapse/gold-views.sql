-- Gold as views of a Synapse serverless SQL pool. Not run against Synapse yet.
--
-- Replace ACCOUNT, CONTAINER and PASSWORD. The workspace's managed identity needs the role
-- 'Storage Blob Data Reader' on the container; users of the views need none.
-- Columns are declared, so that texts have a length: the job takes no text of more than 256 characters, 768 bytes.

CREATE DATABASE [weather] COLLATE Latin1_General_100_BIN2_UTF8;
GO

USE [weather];
GO

CREATE MASTER KEY ENCRYPTION BY PASSWORD = 'PASSWORD';
CREATE DATABASE SCOPED CREDENTIAL lake_identity WITH IDENTITY = 'Managed Identity';
CREATE EXTERNAL DATA SOURCE lake WITH (
    LOCATION = 'https://ACCOUNT.dfs.core.windows.net/CONTAINER/weather',
    CREDENTIAL = lake_identity
);
GO

-- One row for each station and closed window. Times are UTC.
CREATE OR ALTER VIEW dbo.[weather_by_station] AS
SELECT *
FROM OPENROWSET(BULK 'gold/weather_by_station/', DATA_SOURCE = 'lake', FORMAT = 'DELTA')
WITH (
    [windowStart] datetime2(6),
    [windowEnd] datetime2(6),
    [stationId] varchar(768),
    [eventCount] bigint,
    [temperature] float,
    [humidity] float,
    [windSpeed] float,
    [precipitation] float,
    [minTemperature] float,
    [maxTemperature] float,
    [minHumidity] float,
    [maxHumidity] float,
    [minWindSpeed] float,
    [maxWindSpeed] float,
    [totalPrecipitation] float,
    [windDirectionDegrees] float,
    [windDirection] varchar(3),
    [conditions] varchar(768)
) AS gold;
GO

-- One row for each closed window. Times are UTC.
CREATE OR ALTER VIEW dbo.[weather_summary] AS
SELECT *
FROM OPENROWSET(BULK 'gold/weather_summary/', DATA_SOURCE = 'lake', FORMAT = 'DELTA')
WITH (
    [windowStart] datetime2(6),
    [windowEnd] datetime2(6),
    [stationCount] bigint,
    [eventCount] bigint,
    [temperature] float,
    [humidity] float,
    [windSpeed] float,
    [precipitation] float,
    [minTemperature] float,
    [maxTemperature] float,
    [minHumidity] float,
    [maxHumidity] float,
    [minWindSpeed] float,
    [maxWindSpeed] float,
    [totalPrecipitation] float,
    [windDirectionDegrees] float,
    [windDirection] varchar(3),
    [conditions] varchar(768)
) AS gold;
GO
