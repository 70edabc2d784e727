/** What the dashboard knows of a lake, kept up to date from its tables; bounded in memory. */
package io.medallion.dashboard.view;
