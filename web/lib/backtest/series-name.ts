/** `EURUSD.H1` as people say it: `EURUSD H1`. A symbol may hold dots itself. */
export function seriesName(seriesId: string): string {
  const at = seriesId.lastIndexOf('.');
  return at < 0 ? seriesId : `${seriesId.slice(0, at)} ${seriesId.slice(at + 1)}`;
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
