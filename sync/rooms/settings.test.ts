import { describe, expect, it } from 'vitest';
import { roomsSettings, socketOrigin } from './settings.ts';

const secret = 'a secret that nobody guesses, 32 long';

describe('where rooms are', () => {
  it('is the server itself when nothing is said', () => {
    expect(roomsSettings({})).toEqual({ ok: true, value: { party: null, listenUrl: null } });
  });

  it.each(['https://rooms.example', 'http://127.0.0.1:1999', 'http://localhost:1999/'])(
    'may be %s',
    (address) => {
      const read = roomsSettings({ OFFING_ROOMS_URL: address, OFFING_ROOMS_SECRET: secret });
      expect(read.ok && read.value.party).toEqual({ origin: new URL(address).origin, secret });
    },
  );

  it.each([
    'http://rooms.example',
    'https://rooms.example/a',
    'https://u:p@rooms.example',
    'rooms',
  ])('are reached over https beyond this machine, at a bare origin: %s is refused', (address) => {
    const read = roomsSettings({ OFFING_ROOMS_URL: address, OFFING_ROOMS_SECRET: secret });
    expect(read.ok).toBe(false);
  });

  it('is said with the secret, or neither is', () => {
    expect(roomsSettings({ OFFING_ROOMS_URL: 'https://rooms.example' }).ok).toBe(false);
    expect(roomsSettings({ OFFING_ROOMS_SECRET: secret }).ok).toBe(false);
  });

  it('has a name for sockets, encrypted where the other is', () => {
    expect(socketOrigin('https://rooms.example')).toBe('wss://rooms.example');
    expect(socketOrigin('http://localhost:1999')).toBe('ws://localhost:1999');
  });
});
