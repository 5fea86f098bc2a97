/** The figures that stand in the tag of a line, in words; what is money can be hidden. */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { Failure } from '#core/errors.ts';
import { errorWords } from '#lib/words/errors.ts';
import { numberText, priceText, signedText } from '#lib/words/numbers.ts';
import { figuresAt, pointsAway } from './line-figures.ts';
import type { ShownLine } from './shown-lines.ts';
import { say } from '../../words/language.ts';

export interface TagFigure {
  readonly text: string;
  readonly tone?: 'up' | 'down' | 'quiet' | 'warning';
  readonly isAmount?: true;
  /** Left out where there is little room. */
  readonly isMinor?: true;
}

export interface TagFacts {
  readonly instrument: Instrument;
  readonly quote: Quote | null;
  readonly equity: number | null;
  readonly currency: string;
  /** What a position makes now; of another line not asked. */
  readonly floating: number | null;
  /** What is known against the price that it is held at. */
  readonly refusal: Failure | null;
}

const toneOf = (value: number) => (value < 0 ? 'down' : 'up');
const rounded = (value: number, digits: number) => Number(value.toFixed(digits)) || 0;

export function tagFigures(shown: ShownLine, facts: TagFacts): readonly TagFigure[] {
  const { line, price, state, text } = shown;
  const { instrument, quote, currency, floating, refusal } = facts;
  const isMoving = state !== 'still';
  const figures: TagFigure[] = isMoving ? [{ text: priceText(price, instrument.digits) }] : [];
  const { money, pips, equityRatio } = figuresAt(line, price, facts);
  const asMoney = (value: number): TagFigure => ({
    text: `${signedText(rounded(value, 2))} ${currency}`,
    tone: toneOf(value),
    isAmount: true,
  });
  const inPips: TagFigure = { text: say`${signedText(rounded(pips, 1), 1)} pips` };
  if (line.part === 'open' && floating !== null) figures.push(asMoney(floating));
  if (line.part === 'sl' || line.part === 'tp') {
    if (money !== null) figures.push(asMoney(money));
    if (isMoving || money === null) {
      figures.push(money === null ? inPips : { ...inPips, isMinor: true });
    }
    if (isMoving && equityRatio !== null) {
      figures.push({
        text: say`${signedText(rounded(equityRatio * 100, 2))} % of equity`,
        isAmount: true,
      });
    }
  }
  if (line.part === 'trail') figures.push(inPips);
  if (line.part === 'entry' && line.kind !== 'market' && quote) {
    const points = pointsAway(line, price, { instrument, quote });
    figures.push({ text: say`${numberText(points)} points away`, tone: 'quiet' });
  }
  if (state === 'held' && refusal) {
    figures.push({ text: errorWords(refusal).what, tone: 'warning' });
  }
  if (text !== '') figures.push({ text, tone: state === 'lost' ? 'warning' : 'quiet' });
  return figures;
}
