package io.medallion.powerbi.report;

/** Where a visual is on its page, in pixels. */
record Box(int x, int y, int width, int height) {}
