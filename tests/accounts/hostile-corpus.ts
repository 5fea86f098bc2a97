/** What attackers and broken programs send: requests, bodies and texts, each under a name. */

/** What our own pages send with a change. */
export const ownHeaders = { 'content-type': 'application/json', 'x-offing-client': 'test' };

export interface ForeignCall {
  readonly by: string;
  readonly headers: Record<string, string>;
  readonly body: BodyInit;
}

/** Changes as another site can have a browser send them, the session's cookie with them. */
export function foreignCalls(): readonly ForeignCall[] {
  const files = new FormData();
  files.set('0', '{}');
  const asJson = (headers: Record<string, string>, by: string) => ({
    by,
    headers: { ...ownHeaders, ...headers },
    body: '{}',
  });
  const marked = { 'x-offing-client': 'test' };
  return [
    asJson({ origin: 'http://evil.example' }, 'a page of another origin'),
    asJson({ origin: 'http://localhost:1' }, 'a page of another port here'),
    asJson({ origin: 'null' }, 'a sandboxed frame'),
    asJson({ 'sec-fetch-site': 'cross-site' }, 'another site, as the browser says'),
    asJson({ 'sec-fetch-site': 'same-site' }, 'a sibling site, as the browser says'),
    asJson({ 'content-type': 'text/plain' }, 'a form of plain text'),
    {
      by: 'a script without our header',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    },
    { by: 'a form', headers: marked, body: new URLSearchParams({ a: 'b' }) },
    { by: 'a form with files', headers: marked, body: files },
    { by: 'a body without a type', headers: marked, body: new Blob(['{}']) },
    { by: 'an empty body without a type', headers: marked, body: new Blob([]) },
  ];
}

const settings = (value: unknown) => JSON.stringify({ value: { a: value }, changedMs: 1 });
const nested = (depth: number, open: string, close: string) =>
  `{"value":{"a":${open.repeat(depth)}1${close.repeat(depth)}},"changedMs":1}`;
const manyKeys = () =>
  Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`key${index}`, 1]));

/** Bodies for `account.putSettings`, which takes the loosest input of all. */
export const bombs: readonly (readonly [string, () => string])[] = [
  ['more than a megabyte', () => settings('x'.repeat(1_100_000))],
  ['a little less than a megabyte', () => settings('x'.repeat(1_000_000))],
  ['lists in lists', () => nested(100_000, '[', ']')],
  ['objects in objects', () => nested(80_000, '{"a":', '}')],
  ['a list of a hundred thousand', () => settings(Array(100_000).fill(1))],
  ['sixty thousand keys', () => settings(manyKeys())],
  ['half a document', () => '{"value":{'],
  ['no document', () => ''],
  ['two documents', () => '{}{}'],
  ['null', () => 'null'],
  ['a list', () => '[]'],
  ['bytes that are no text', () => '\0\0\0\0'],
];

/** As they stand in JSON, or would. */
export const hostileNumbers = [
  'NaN',
  'Infinity',
  '1e308',
  '-1e308',
  '1e999',
  '-1',
  '0.5',
  '9007199254740993',
  'null',
  '[]',
  '{}',
  '"x"',
];

/** Names that look like others, or like nothing; as they stand in JSON. */
export const deceivingNames: readonly (readonly [string, string])[] = [
  ['a NUL', 'a\\u0000b'],
  ['a line break', 'a\\nb'],
  ['half a surrogate pair', 'a\\ud800b'],
  ['text turned from right to left', 'a\\u202eb'],
  ['a space of no width', 'a\\u200bb'],
  ['a mark of byte order', 'a\\ufeffb'],
  ['more than fits', 'x'.repeat(81)],
];

/** As they stand in JSON. */
export const hostileTexts = ['a\\u0000b', '\\ud800', "' or 1=1 --"];

const nobody = `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`;

/** Sessions as they could stand in a cookie. */
export const strangeSessions: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a dot', '.'],
  ['a name', '__proto__'],
  ['an encoded NUL', '%00'],
  ['of nobody', `${nobody}.${'A'.repeat(43)}`],
  ['of no account', `${'g'.repeat(36)}.${'A'.repeat(43)}`],
  ['SQL', "'--drop table users"],
  ['accents', 'é'.repeat(40)],
  ['eight thousand letters', 'x'.repeat(8_000)],
];

/** Tokens of links and steps, as they stand in JSON. */
export const strangeTokens: readonly (readonly [string, string])[] = [
  ['a letter', 'x'],
  ['a dot', '.'],
  ['no secret', `${nobody}.x`],
  ['no account', `x.${'A'.repeat(43)}`],
  ['of nobody', `${nobody}.${'A'.repeat(43)}`],
  ['a NUL', '\\u0000'],
  ['a name', '__proto__'],
  ['as long as may be', 'x'.repeat(200)],
];
