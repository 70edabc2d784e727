/** The page and its API over HTTP: what is asked for, by whom it may be, and how it is answered. */
package io.medallion.dashboard.web;
