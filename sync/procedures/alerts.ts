/** Alerts: what a trader wants to be told of, what was told, and the browsers that are told. */
import { z } from 'zod';
import { longestAlertRule } from '#core/alerts/alert-rule.ts';
import { accountFigures, alertChannels, alertWays } from '#core/alerts/alert.ts';
import type { AlertView, InboxPage, PushDevice } from '#core/alerts/alert-views.ts';
import { botTimeframes } from '#core/automation/bot.ts';
import { countUnread, inboxPage, markRead } from '../alerts/inbox.ts';
import { listAlerts, removeAlert, setAlert, switchAlert } from '../alerts/setting.ts';
import { pushDevices, pushKey, subscribe, unsubscribe } from '../alerts/subscribing.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, nameText, plainText } from './inputs.ts';
import { symbolText } from './trade-inputs.ts';

const reading = { access: 'account', limit: 'watching' } as const;
const changing = { access: 'account', limit: 'data' } as const;

const level = z.number().min(0).max(1e12);
const condition = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('price'),
    symbol: symbolText,
    way: z.enum(alertWays),
    price: z.number().positive().max(1e9),
  }),
  z.strictObject({
    t: z.literal('rule'),
    symbol: symbolText,
    timeframe: z.enum(botTimeframes),
    source: plainText(longestAlertRule).min(1),
  }),
  z.strictObject({
    t: z.literal('account'),
    figure: z.enum(accountFigures),
    way: z.enum(['above', 'below']),
    level,
  }),
  z.strictObject({ t: z.literal('bot'), botId: idText.nullable() }),
]);

const setting = z.strictObject({
  ...{ alertId: idText, accountId: idText, condition },
  repeat: z.enum(['once', 'every']),
  pauseMs: z.int().min(60_000).max(2_592_000_000),
  untilMs: z.int().min(0).max(8_640_000_000_000_000).nullable(),
  channels: z
    .array(z.enum(alertChannels))
    .max(alertChannels.length)
    .refine((given) => new Set(given).size === given.length),
  note: nameText(0),
});

const place = z.int().min(1);
/** A point of P-256 and sixteen bytes, as browsers write them. */
const publicPoint = z.string().regex(/^B[A-Za-z0-9_-]{86}={0,1}$/);
const authSecret = z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/);

export const alerts = router({
  list: personProcedure(reading).query(
    async ({ ctx }): Promise<{ readonly alerts: readonly AlertView[] }> => ({
      alerts: await listAlerts(ctx),
    }),
  ),

  set: personProcedure(changing)
    .input(setting)
    .mutation(async ({ ctx, input }): Promise<{ readonly alertId: string }> =>
      unwrap(ctx, await setAlert(ctx, input)),
    ),

  switch: personProcedure(changing)
    .input(z.strictObject({ alertId: idText, isOn: z.boolean() }))
    .mutation(async ({ ctx, input }): Promise<{ readonly state: 'on' | 'paused' }> =>
      unwrap(ctx, await switchAlert(ctx, input)),
    ),

  remove: personProcedure(changing)
    .input(z.strictObject({ alertId: idText }))
    .mutation(async ({ ctx, input }): Promise<{ readonly removed: true }> =>
      unwrap(ctx, await removeAlert(ctx, input.alertId)),
    ),

  unread: personProcedure(reading).query(async ({ ctx }): Promise<{ readonly unread: number }> => ({
    unread: await countUnread(ctx),
  })),

  inbox: personProcedure(reading)
    .input(z.strictObject({ before: place.optional() }))
    .query(async ({ ctx, input }): Promise<InboxPage> => inboxPage(ctx, input.before)),

  mark: personProcedure(reading)
    .input(
      z.discriminatedUnion('t', [
        z.strictObject({
          t: z.literal('some'),
          ns: z.array(place).min(1).max(100),
          isRead: z.boolean(),
        }),
        z.strictObject({ t: z.literal('all'), upTo: place }),
      ]),
    )
    .mutation(async ({ ctx, input }): Promise<{ readonly unread: number }> => markRead(ctx, input)),

  /** What a browser subscribes with; made at the first call. */
  pushKey: personProcedure(changing).mutation(async ({ ctx }): Promise<{ readonly key: string }> =>
    unwrap(ctx, await pushKey(ctx)),
  ),

  devices: personProcedure(reading).query(
    async ({ ctx }): Promise<{ readonly devices: readonly PushDevice[] }> => ({
      devices: await pushDevices(ctx),
    }),
  ),

  subscribe: personProcedure(changing)
    .input(
      z.strictObject({
        endpoint: z.string().min(1).max(1_000),
        keys: z.strictObject({ p256dh: publicPoint, auth: authSecret }),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<{ readonly subscriptionId: string }> =>
      unwrap(ctx, await subscribe(ctx, input)),
    ),

  unsubscribe: personProcedure(changing)
    .input(z.strictObject({ subscriptionId: idText }))
    .mutation(async ({ ctx, input }): Promise<{ readonly removed: boolean }> =>
      unwrap(ctx, await unsubscribe(ctx, input.subscriptionId)),
    ),
});
