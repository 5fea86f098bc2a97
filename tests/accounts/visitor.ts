/** A browser without a page: keeps cookies and calls procedures as the pages do. */

export interface CallAnswer {
  readonly status: number;
  /** The failure's code, or null for success. */
  readonly failure: string | null;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly headers: Headers;
  readonly body: string;
  // What a procedure answers is known where it is asked.
  readonly data: Record<string, never> & Record<string, unknown>;
}

export interface Visitor {
  readonly cookies: Map<string, string>;
  /** What the procedure gives; fails the test where it refuses. */
  get<T = Record<string, unknown>>(path: string, input?: unknown): Promise<T>;
  post<T = Record<string, unknown>>(path: string, input?: unknown): Promise<T>;
  /** Whatever it answers. */
  try(method: 'GET' | 'POST', path: string, input?: unknown): Promise<CallAnswer>;
  /** The same cookies in another browser, as a thief would have them. */
  copy(): Visitor;
}

export function visitor(
  address: string,
  options: {
    readonly headers?: Record<string, string>;
    readonly cookies?: Map<string, string>;
  } = {},
): Visitor {
  const cookies = options.cookies ?? new Map<string, string>();
  async function call(method: 'GET' | 'POST', path: string, input?: unknown): Promise<CallAnswer> {
    const query = method === 'GET' && input !== undefined ? asQuery(input) : '';
    const response = await fetch(`${address}/trpc/${path}${query}`, {
      method,
      headers: {
        'x-offing-client': 'test',
        'content-type': 'application/json',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...options.headers,
      },
      ...(method === 'POST' ? { body: JSON.stringify(input ?? {}) } : {}),
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const body = await response.text();
    const json = JSON.parse(body) as {
      result?: { data: CallAnswer['data'] };
      error?: { data: { failure: string; figures?: CallAnswer['figures'] } };
    };
    return {
      status: response.status,
      failure: json.error?.data.failure ?? null,
      figures: json.error?.data.figures ?? {},
      headers: response.headers,
      body,
      data: json.result?.data ?? ({} as CallAnswer['data']),
    };
  }
  async function succeed<T>(method: 'GET' | 'POST', path: string, input?: unknown): Promise<T> {
    const answer = await call(method, path, input);
    if (answer.failure !== null) throw new Error(`${path}: ${answer.body}`);
    return answer.data as T;
  }
  return {
    cookies,
    get: (path, input) => succeed('GET', path, input),
    post: (path, input) => succeed('POST', path, input),
    try: call,
    copy: () => visitor(address, { ...options, cookies: new Map(cookies) }),
  };
}

function asQuery(input: unknown): string {
  return `?input=${encodeURIComponent(JSON.stringify(input))}`;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  if (attributes.includes('Max-Age=0')) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}
