/** What the dialog of an alert asks for: fields as they are typed, and the alert that they mean. */
import type {
  AccountFigure,
  AlertChannel,
  AlertCondition,
  AlertTerms,
  AlertWay,
} from '#core/alerts/alert.ts';
import type { BotTimeframe } from '#core/automation/bot.ts';
import { endOfDay, mostPauseMinutes, problemsOf } from './alert-problems.ts';
import { say } from '../words/language.ts';

export const alertKinds = [
  { value: 'price', label: say`Price` },
  { value: 'rule', label: say`Indicator` },
  { value: 'account', label: say`Account` },
  { value: 'bot', label: say`Bot` },
] as const;

export type Preset = 'rsi' | 'average' | 'macd' | 'breakout' | 'own';

export const presets: readonly { readonly value: Preset; readonly label: string }[] = [
  { value: 'rsi', label: say`RSI passes a level` },
  { value: 'average', label: say`Close passes its average` },
  { value: 'macd', label: say`MACD passes its signal` },
  { value: 'breakout', label: say`Close leaves its range` },
  { value: 'own', label: say`A rule of your own` },
];

export interface AlertForm {
  kind: (typeof alertKinds)[number]['value'];
  accountId: string;
  symbol: string;
  way: AlertWay;
  price: number | null;
  timeframe: BotTimeframe;
  preset: Preset;
  period: number | null;
  level: number | null;
  rises: 'above' | 'below';
  source: string;
  figure: AccountFigure;
  figureWay: 'above' | 'below';
  /** Percent, but for the equity. */
  figureLevel: number | null;
  botId: string;
  repeat: 'once' | 'every';
  pauseMinutes: number | null;
  /** `2026-12-31`; empty = for ever. */
  untilDay: string;
  mail: boolean;
  push: boolean;
  note: string;
}

export const usualForm: AlertForm = {
  ...{ kind: 'price', accountId: '', symbol: '', way: 'touch', price: null },
  ...{ timeframe: 'H1', preset: 'rsi', period: 14, level: 30, rises: 'below', source: '' },
  ...{
    figure: 'drawdown',
    figureWay: 'above',
    figureLevel: 5,
    botId: '',
    repeat: 'once',
    pauseMinutes: 60,
  },
  ...{ untilDay: '', mail: false, push: false, note: '' },
};

/** The rule text that a preset writes; null where a number is missing. */
export function presetSource({
  preset,
  period,
  level,
  rises,
  source,
}: Pick<AlertForm, 'preset' | 'period' | 'level' | 'rises' | 'source'>): string | null {
  if (preset === 'own') return source.trim() === '' ? null : source;
  const passes = rises === 'above' ? 'crosses_above' : 'crosses_below';
  if (preset === 'macd') return `let m = macd(close, 12, 26, 9)\n${passes}(m.line, m.signal)`;
  if (period === null || !Number.isInteger(period) || period < 2) return null;
  if (preset === 'average') return `${passes}(close, sma(close, ${period}))`;
  if (preset === 'rsi') {
    return level === null ? null : `${passes}(rsi(close, ${period}), ${level})`;
  }
  return rises === 'above'
    ? `close > highest(high, ${period})[1]`
    : `close < lowest(low, ${period})[1]`;
}

/** Null where something is missing. */
export function conditionOf(form: AlertForm): AlertCondition | null {
  const { kind, symbol, way, price, timeframe, figure, figureWay, figureLevel, botId } = form;
  switch (kind) {
    case 'price':
      return symbol !== '' && price !== null && price > 0 ? { t: kind, symbol, way, price } : null;
    case 'rule': {
      const source = presetSource(form);
      return symbol !== '' && source !== null ? { t: kind, symbol, timeframe, source } : null;
    }
    case 'account': {
      if (figureLevel === null || figureLevel < 0) return null;
      const level = figure === 'drawdown' ? Number((figureLevel / 100).toFixed(8)) : figureLevel;
      return { t: kind, figure, way: figureWay, level };
    }
    case 'bot':
      return { t: kind, botId: botId === '' ? null : botId };
  }
}

/** Null while `problemsOf` names a problem. */
export function termsOf(form: AlertForm, nowMs: number): AlertTerms | null {
  const condition = conditionOf(form);
  const { repeat, pauseMinutes, untilDay, mail, push, note } = form;
  if (!condition || Object.keys(problemsOf(form, nowMs)).length > 0) return null;
  const untilMs = untilDay === '' ? null : endOfDay(untilDay);
  const minutes = Math.min(mostPauseMinutes, Math.max(1, pauseMinutes ?? 1));
  const channels: AlertChannel[] = [
    ...(mail ? ['mail' as const] : []),
    ...(push ? ['push' as const] : []),
  ];
  return {
    condition,
    repeat,
    pauseMs: Math.round(minutes * 60_000),
    untilMs,
    channels,
    note: note.trim(),
  };
}

/** The fields of an alert that there is. */
export function formOf(
  { condition, repeat, pauseMs, untilMs, channels, note }: AlertTerms,
  accountId: string,
): AlertForm {
  const terms = {
    ...{ accountId, repeat, pauseMinutes: pauseMs / 60_000, note },
    untilDay: untilMs === null ? '' : dayOf(untilMs),
    mail: channels.includes('mail'),
    push: channels.includes('push'),
  };
  const form = { ...usualForm, ...terms, kind: condition.t };
  switch (condition.t) {
    case 'price':
      return { ...form, symbol: condition.symbol, way: condition.way, price: condition.price };
    case 'rule': {
      const { symbol, timeframe, source } = condition;
      return { ...form, symbol, timeframe, source, preset: 'own' };
    }
    case 'account': {
      const { figure, level, way } = condition;
      const figureLevel = figure === 'drawdown' ? Number((level * 100).toFixed(6)) : level;
      return { ...form, figure, figureLevel, figureWay: way };
    }
    case 'bot':
      return { ...form, botId: condition.botId ?? '' };
  }
}

function dayOf(ms: number): string {
  const at = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
