/** `EURUSD.H1` as people say it: `EURUSD H1`. A symbol may hold dots itself. */
export function seriesName(seriesId: string): string {
  const at = seriesId.lastIndexOf('.');
  return at < 0 ? seriesId : `${seriesId.slice(0, at)} ${seriesId.slice(at + 1)}`;
}

/** The prices of a run: `EURUSD H1`, `EURUSD H1 and 2 more`. */
export function pricesName(run: {
  readonly seriesId: string;
  readonly portfolio?: readonly string[];
}): string {
  const more = run.portfolio?.length ?? 0;
  return more === 0 ? seriesName(run.seriesId) : `${seriesName(run.seriesId)} and ${more} more`;
}

/** The symbol before its timeframe. */
export function seriesSymbol(seriesId: string): string {
  const at = seriesId.lastIndexOf('.');
  return at < 0 ? seriesId : seriesId.slice(0, at);
}

/** The timeframe at its end. */
export function seriesTimeframe(seriesId: string): string {
  return seriesId.slice(seriesId.lastIndexOf('.') + 1);
}
