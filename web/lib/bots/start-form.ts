/** What the start of a bot asks for: fields as they are typed, and what is sent of them. */
import type { BotLimits } from '#core/automation/bot-limits.ts';
import type { BotTimeframe } from '#core/automation/bot.ts';
import type { Protection } from '#core/automation/protections.ts';
import type { Language, Strategy } from '#core/collections/strategy.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { templates } from '#core/rules/templates.ts';
import { say } from '../words/language.ts';

export interface LimitsForm {
  volumeLots: number | null;
  open: number | null;
  dayLossPercent: number | null;
  dayOrders: number | null;
}

export const usualLimitsForm: LimitsForm = {
  volumeLots: 1,
  open: 3,
  dayLossPercent: 5,
  dayOrders: 50,
};

export function toLimits(form: LimitsForm): BotLimits | null {
  const { volumeLots, open, dayLossPercent, dayOrders } = form;
  if (volumeLots === null || open === null || dayOrders === null) return null;
  if (!(volumeLots > 0) || !(open >= 1) || !(dayOrders >= 1)) return null;
  const dayLossRatio = dayLossPercent === null ? null : Number((dayLossPercent / 100).toFixed(6));
  if (dayLossRatio !== null && !(dayLossRatio > 0 && dayLossRatio <= 1)) return null;
  return { volumeLots, open, dayOrders, dayLossMoney: null, dayLossRatio };
}

export function fromLimits(limits: BotLimits): LimitsForm {
  const { volumeLots, open, dayLossRatio, dayOrders } = limits;
  const dayLossPercent = dayLossRatio === null ? null : Number((dayLossRatio * 100).toFixed(4));
  return { volumeLots, open, dayLossPercent, dayOrders };
}

export interface ProtectionsForm {
  coolDown: boolean;
  coolDownBars: number | null;
  stopGuard: boolean;
  losses: number | null;
  withinBars: number | null;
  pauseBars: number | null;
  lowProfit: boolean;
  lowTrips: number | null;
  leastMoney: number | null;
  lowPauseBars: number | null;
  drawdown: boolean;
  drawdownPercent: number | null;
}

export const usualProtections: ProtectionsForm = {
  ...{ coolDown: false, coolDownBars: 2 },
  ...{ stopGuard: true, losses: 3, withinBars: 24, pauseBars: 12 },
  ...{ lowProfit: false, lowTrips: 10, leastMoney: 0, lowPauseBars: 48 },
  ...{ drawdown: true, drawdownPercent: 15 },
};

/** Those that are switched on; null where one of them lacks a figure. */
export function toProtections(form: ProtectionsForm): readonly Protection[] | null {
  const { coolDownBars, losses, withinBars, pauseBars } = form;
  const { lowTrips, leastMoney, lowPauseBars, drawdownPercent } = form;
  const all: (Protection | null)[] = [];
  if (form.coolDown) all.push(coolDownBars ? { t: 'cool-down', bars: coolDownBars } : null);
  if (form.stopGuard) {
    const isWhole = losses && withinBars && pauseBars;
    all.push(isWhole ? { t: 'stop-guard', losses, withinBars, pauseBars } : null);
  }
  if (form.lowProfit) {
    const isWhole = lowTrips && lowPauseBars && leastMoney !== null;
    const rest = { trips: lowTrips ?? 1, pauseBars: lowPauseBars ?? 1 };
    all.push(isWhole ? { t: 'low-profit', leastMoney, ...rest } : null);
  }
  if (form.drawdown) {
    all.push(drawdownPercent ? { t: 'drawdown', ratio: drawdownPercent / 100 } : null);
  }
  const whole = all.filter((each) => each !== null);
  return whole.length === all.length ? whole : null;
}

export function fromProtections(list: readonly Protection[]): ProtectionsForm {
  const form = { ...usualProtections, stopGuard: false, drawdown: false };
  for (const each of list) {
    switch (each.t) {
      case 'cool-down':
        Object.assign(form, { coolDown: true, coolDownBars: each.bars });
        break;
      case 'stop-guard': {
        const { losses, withinBars, pauseBars } = each;
        Object.assign(form, { stopGuard: true, losses, withinBars, pauseBars });
        break;
      }
      case 'low-profit': {
        const { trips: lowTrips, leastMoney, pauseBars: lowPauseBars } = each;
        Object.assign(form, { lowProfit: true, lowTrips, leastMoney, lowPauseBars });
        break;
      }
      case 'drawdown':
        Object.assign(form, { drawdown: true, drawdownPercent: each.ratio * 100 });
    }
  }
  return form;
}

/** What a bot can be started with: strategies that are kept, in rules or code, then templates. */
export interface RulesToRun {
  /** `strategy:ID` or `template:ID`. */
  readonly value: string;
  readonly label: string;
  readonly name: string;
  readonly language: Language;
  readonly strategyId: string | null;
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly settings: RunSettings;
}

export function rulesToRun(kept: readonly Strategy[]): readonly RulesToRun[] {
  const own = kept
    .filter(({ deletedMs }) => deletedMs === null)
    .map(({ id, name, language = 'rules', source, inputs, settings }) => ({
      ...{ value: `strategy:${id}`, label: language === 'code' ? say`${name} (code)` : name },
      ...{ name, strategyId: id, language, source, inputs, settings },
    }));
  const ready = templates.map(({ id, name, source }) => ({
    ...{ value: `template:${id}`, label: say`Template: ${name}`, name, strategyId: null, source },
    language: 'rules' as const,
    ...{ inputs: {}, settings: { ...defaultSettings, margin: 0.01 } },
  }));
  return [...own, ...ready];
}

/** As plain JSON, which the wire knows no names of types for. */
export function plainSettings(settings: RunSettings) {
  const { volume, commission, spread, slippage, swap } = settings;
  return {
    ...settings,
    volume: { ...volume },
    commission: { ...commission },
    spread: { ...spread },
    slippage: { ...slippage },
    swap: { ...swap },
  };
}

const timeframeNames: Readonly<Record<BotTimeframe, string>> = {
  S1: say`1 second`,
  S5: say`5 seconds`,
  S15: say`15 seconds`,
  S30: say`30 seconds`,
  M1: say`1 minute`,
  M5: say`5 minutes`,
  M15: say`15 minutes`,
  M30: say`30 minutes`,
  H1: say`1 hour`,
  H4: say`4 hours`,
  D1: say`1 day`,
};

export const timeframeOptions = Object.entries(timeframeNames).map(([value, label]) => ({
  value: value as BotTimeframe,
  label,
}));
