/** The series every bar brings with it, and the columns that indicators read beside them. */
import { assert } from '../assert.ts';
import { prices, type Bars, type PriceField } from '../market/bars.ts';

export interface Field {
  readonly name: string;
  readonly description: string;
  readonly pane: 'price' | 'own';
  /** null where the bars do not have it. */
  readonly read: (bars: Bars) => Float64Array | null;
}

type Parts = readonly PriceField[];

/** Mean of price columns, summed as points so that it is rounded once. */
function mean(bars: Bars, parts: Parts): Float64Array {
  if (parts.length === 1) return prices(bars.bid, parts[0]!, bars.scale);
  const out = new Float64Array(bars.length);
  for (const part of parts) {
    const column = bars.bid[part];
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + column[i]!;
  }
  const divisor = bars.scale * parts.length;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / divisor;
  return out;
}

const price = (name: string, description: string, parts: Parts): Field => ({
  name,
  description,
  pane: 'price',
  read: (bars) => mean(bars, parts),
});

const list = [
  price('open', 'The first price of the bar.', ['open']),
  price('high', 'The highest price of the bar.', ['high']),
  price('low', 'The lowest price of the bar.', ['low']),
  price('close', 'The last price of the bar.', ['close']),
  price('hl2', 'The middle of the bar: (high + low) ÷ 2.', ['high', 'low']),
  price('hlc3', 'The typical price: (high + low + close) ÷ 3.', ['high', 'low', 'close']),
  price('ohlc4', 'The mean price: (open + high + low + close) ÷ 4.', [
    'open',
    'high',
    'low',
    'close',
  ]),
  {
    name: 'volume',
    description: 'What was traded in the bar, where the file has it.',
    pane: 'own',
    read: (bars: Bars) => bars.volume && Float64Array.from(bars.volume),
  },
] as const satisfies readonly Field[];

export type FieldName = string;

export const fields: readonly Field[] = list;

/** What indicators read and rules have no name for. */
const hidden: ReadonlyMap<string, Field['read']> = new Map([['openMs', (bars) => bars.timesMs]]);

const byName: ReadonlyMap<string, Field> = new Map(list.map((field) => [field.name, field]));

export function findField(name: FieldName): Field | null {
  return byName.get(name) ?? null;
}

/** The column of a field or of what indicators alone read; null where the bars do not have it. */
export function readColumn(name: FieldName, bars: Bars): Float64Array | null {
  const read = hidden.get(name) ?? findField(name)?.read;
  assert(read !== undefined, 'a plan names columns there are');
  return read(bars);
}
