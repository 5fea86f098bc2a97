/** The row that a page's address names, so that a first sync can bring it before its turn. */

const named: Readonly<Record<string, readonly (readonly [query: string, collection: string])[]>> = {
  '/strategies/': [['id', 'strategies']],
  '/backtest/': [
    ['run', 'runs'],
    ['strategy', 'strategies'],
  ],
  '/notes/': [['note', 'notes']],
};

export function wantedRow(url: URL): { readonly collection: string; readonly row: string } | null {
  for (const [query, collection] of named[url.pathname] ?? []) {
    const row = url.searchParams.get(query);
    if (row) return { collection, row };
  }
  return null;
}
