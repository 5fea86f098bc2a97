/** What asks for the trader's eyes, the worst first; nothing where all is right. */
import { countText } from '../words/numbers.ts';
import { levelState } from '../trading/portfolio/totals.ts';
import type { Today } from './today.ts';
import { say } from '../words/language.ts';

export interface Concern {
  /** Names it among all, from one look to the next. */
  readonly key: string;
  readonly tone: 'danger' | 'warning';
  readonly text: string;
  readonly href: string;
  /** What the link says. */
  readonly action: string;
}

export interface Surroundings {
  /** Trading goes on without this device, but cannot be seen. */
  readonly isServerAway: boolean;
  /** Changes of this device that the server does not have, where they are stuck. */
  readonly stuckChanges: number;
  readonly isBackupDue: boolean;
}

export function concernsOf(today: Today | null, around: Surroundings): readonly Concern[] {
  const found = [
    ...(today?.accounts ?? []).flatMap(ofAccount),
    ...(today?.bots ?? []).flatMap(ofBot),
    ...ofSurroundings(today, around),
  ];
  return found.toSorted((a, b) => Number(b.tone === 'danger') - Number(a.tone === 'danger'));
}

function ofAccount(account: Today['accounts'][number]): readonly Concern[] {
  const { accountId, name, state, risk } = account;
  const href = `/orders/?account=${encodeURIComponent(accountId)}`;
  const about = (key: string, tone: Concern['tone'], text: string, action = say`Look`) => ({
    ...{ key: `${key} ${accountId}`, tone, text: `${name}: ${text}`, href, action },
  });
  const level = levelState(account.marginLevel);
  return [
    ...(state.tone === 'danger' || state.tone === 'warning'
      ? [about('state', state.tone, `${lower(state.short)}. ${state.long}`)]
      : []),
    ...(level.tone === 'ok' ? [] : [about('margin', level.tone, lower(level.text))]),
    ...(risk.withoutStop > 0
      ? [about('stop', 'warning', say`${countText(risk.withoutStop, 'position')} without a stop.`)]
      : []),
  ];
}

function ofBot({ botId, name, state, reason }: Today['bots'][number]): readonly Concern[] {
  // What somebody asked for is no surprise.
  const isByItself = reason !== null && reason !== 'kill-switch';
  if (!isByItself || (state !== 'paused' && state !== 'stopped')) return [];
  return [
    {
      key: `bot ${botId}`,
      tone: 'warning',
      text:
        state === 'paused'
          ? say`The bot ${name} paused by itself.`
          : say`The bot ${name} stopped by itself.`,
      href: `/bots/?bot=${encodeURIComponent(botId)}`,
      action: say`Why`,
    },
  ];
}

function ofSurroundings(
  today: Today | null,
  { isServerAway, stuckChanges, isBackupDue }: Surroundings,
): readonly Concern[] {
  const isTrading = (today?.accounts.length ?? 0) > 0;
  const one = (key: string, text: string, href: string, action: string): Concern => ({
    ...{ key, tone: 'warning', text, href, action },
  });
  return [
    ...(isServerAway && isTrading
      ? [
          one(
            'server',
            say`The server is not reached: figures are of when it was.`,
            '/connections/',
            say`Connections`,
          ),
        ]
      : []),
    ...(stuckChanges > 0
      ? [
          one(
            'sync',
            say`${countText(stuckChanges, 'change')} not synced yet.`,
            '/devices/',
            say`Sync`,
          ),
        ]
      : []),
    ...(isBackupDue
      ? [
          one(
            'backup',
            say`Strategies and runs have no recent backup.`,
            '/settings/#backup',
            say`Save a backup`,
          ),
        ]
      : []),
  ];
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
