/** A web page that shows the weather in gold and the health of a lake's tables, live. */
package io.medallion.dashboard;
