/**
 * Notifications of this browser: whether it can have them, has them, and how it gets and loses them.
 *
 * The permission is asked for by a press of the trader alone: whoever asks unasked is refused, and
 * a browser does not ask a second time.
 */
import { call } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import type { CallFailure } from '../account/api.ts';

/** `unable`: the browser has none, or the pages are not installed here; `denied`: it was refused. */
export type PushState = 'unknown' | 'unable' | 'denied' | 'off' | 'on';

export class Push {
  state = $state<PushState>('unknown');
  busy = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  /** The browser’s own push service did not answer. */
  isUnreachable = $state(false);

  async look(): Promise<void> {
    const manager = await pushManager();
    if (!manager) return void (this.state = 'unable');
    if (Notification.permission === 'denied') return void (this.state = 'denied');
    if (!(await manager.getSubscription())) return void (this.state = 'off');
    // It may be of somebody else who was signed in here, or of a session that has ended.
    const answer = await ask((server) => server.alerts.devices.query());
    if (answer.ok) this.state = answer.value.devices.some((each) => each.isHere) ? 'on' : 'off';
  }

  /** True where this browser is told from now on. */
  async turnOn(): Promise<boolean> {
    const manager = await pushManager();
    if (!manager || this.busy) return false;
    this.busy = true;
    this.isUnreachable = false;
    const isOn = await this.subscribe(manager);
    this.busy = false;
    await this.look();
    return isOn;
  }

  async turnOff(): Promise<void> {
    const subscription = await (await pushManager())?.getSubscription();
    await subscription?.unsubscribe();
    await this.look();
  }

  private async subscribe(manager: PushManager): Promise<boolean> {
    if ((await Notification.requestPermission()) !== 'granted') return false;
    const key = await ask((server) => server.alerts.pushKey.mutate());
    this.failure = key.ok ? null : key.error;
    if (!key.ok) return false;
    const subscription = await fresh(manager, key.value.key);
    if (!subscription) {
      this.isUnreachable = true;
      return false;
    }
    const { endpoint, keys } = subscription.toJSON();
    const [p256dh, auth] = [keys?.['p256dh'], keys?.['auth']];
    if (endpoint === undefined || p256dh === undefined || auth === undefined) return false;
    const told = await call((server) =>
      server.alerts.subscribe.mutate({ endpoint, keys: { p256dh, auth } }),
    );
    this.failure = told.ok ? null : told.error;
    if (!told.ok) await subscription.unsubscribe();
    return told.ok;
  }
}

async function pushManager(): Promise<PushManager | null> {
  if (!('serviceWorker' in navigator) || !('Notification' in globalThis)) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager ?? null;
}

/** One that was made for another account or server is no use: it is made anew. */
async function fresh(manager: PushManager, key: string): Promise<PushSubscription | null> {
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(wish);
  } catch {
    // Most likely another key; where the push service is away it fails again.
    await (await manager.getSubscription())?.unsubscribe();
    return manager.subscribe(wish).catch(() => null);
  }
}
