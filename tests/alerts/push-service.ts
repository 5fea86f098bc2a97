/** A push service and the browser behind it: takes pushes, checks who sends, and decrypts (RFC 8291, 8292). */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import type { PostPush, PushAnswer, PushRequest } from '../../sync/alerts/push-post.ts';

export interface FakePushService {
  /** What a page would hand the server. */
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  readonly post: PostPush;
  /** What it answers from now on. */
  answer: PushAnswer;
  /** What the browser showed. */
  readonly shown: unknown[];
  /** All that went over the wire. */
  readonly taken: PushRequest[];
}

export function fakePushService(serverKey: () => string, path = 'one'): FakePushService {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  const service: FakePushService = {
    subscription: {
      endpoint: `https://push.offing.example/${path}`,
      keys: { p256dh: browser.getPublicKey('base64url'), auth: auth.toString('base64url') },
    },
    answer: 'taken',
    shown: [],
    taken: [],
    async post(push) {
      service.taken.push(push);
      if (service.answer !== 'taken') return service.answer;
      if (!isSigned(push, serverKey())) return 'refused';
      service.shown.push(JSON.parse(decrypted(push.body, browser, auth).toString('utf8')));
      return 'taken';
    },
  };
  return service;
}

/** Whether the sender is who the browser subscribed to, now and for this service. */
function isSigned({ headers }: PushRequest, serverKey: string): boolean {
  const [, token = '', key] =
    /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers['Authorization'] ?? '') ?? [];
  const [head, claims, signature] = token.split('.');
  if (key !== serverKey || !head || !claims || !signature) return false;
  const point = Buffer.from(key, 'base64url');
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) };
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
  const isFresh = Number(told['exp']) * 1_000 > Date.now();
  const isForUs = told['aud'] === 'https://push.offing.example';
  const by = {
    key: createPublicKey({ key: jwk, format: 'jwk' }),
    dsaEncoding: 'ieee-p1363',
  } as const;
  const signed = Buffer.from(`${head}.${claims}`);
  return isFresh && isForUs && verify('sha256', signed, by, Buffer.from(signature, 'base64url'));
}

/** By the words of RFC 8291, section 3.4, and RFC 8188, not by the library that encrypts. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const length = body.readUInt8(20);
  const sender = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const shared = browser.computeSecret(sender);
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', shared, auth, about, 32));
  const derive = (name: string, bytes: number) =>
    Buffer.from(
      hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${name}\0`), bytes),
    );
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  cipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}
