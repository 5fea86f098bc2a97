/** A bot as rows of tests have it. */
import type { BotSetup } from '../../core/automation/bot.ts';
import { usualBotLimits } from '../../core/automation/bot-limits.ts';
import { botTerms, type BotTerms } from '../../core/automation/bot-terms.ts';
import type { Instrument } from '../../core/broker/instrument.ts';
import { defaultSettings } from '../../core/execution/settings.ts';

export const madeInstrument: Instrument = {
  symbol: 'EURUSD',
  description: 'Euro vs US Dollar',
  digits: 5,
  pointSize: 0.00001,
  tickSize: 0.00001,
  tickValue: 1,
  contractSize: 100_000,
  volumeMinLots: 0.01,
  volumeMaxLots: 100,
  volumeStepLots: 0.01,
  stopsLevelPoints: 0,
  freezeLevelPoints: 0,
  marginPerLot: 1_000,
  swapLongPoints: 0,
  swapShortPoints: 0,
  tradeMode: 'full',
  fillings: ['ioc'],
};

export const madeTerms: BotTerms = botTerms(defaultSettings, madeInstrument, 10_000);

export function madeSetup(accountId: string): BotSetup {
  return {
    ...{ name: 'Bot', accountId, symbol: 'EURUSD', timeframe: 'H1', capital: 10_000 },
    strategy: {
      ...{ name: 'Rules', strategyId: null, source: 'enter long when close > open' },
      ...{ inputs: {}, settings: madeTerms.settings },
    },
    limits: usualBotLimits,
    protections: [],
  };
}
