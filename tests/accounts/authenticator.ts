/**
 * A security key in software: ES256 keys that answer as a browser with an authenticator would.
 *
 * Speaks just enough CBOR for one attestation of the format `none`. Source: WebAuthn level 3, 6.1
 * (authenticator data) and 6.5.4 (attestation object); RFC 9052 (COSE keys).
 */
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';

export interface Circumstances {
  /** The origin of the page that asks. */
  readonly origin: string;
  /** The name that the browser binds the key to. */
  readonly host?: string;
  /** Whether the person was recognised, and not only there. */
  readonly verified?: boolean;
  readonly count?: number;
  readonly userHandle?: string;
}

export interface Authenticator {
  readonly credentialId: string;
  create(
    options: PublicKeyCredentialCreationOptionsJSON,
    at: Circumstances,
  ): RegistrationResponseJSON;
  get(
    options: PublicKeyCredentialRequestOptionsJSON,
    at: Circumstances,
  ): AuthenticationResponseJSON;
}

const flags = { present: 0x01, verified: 0x04, hasKey: 0x40 };

/** One key of one account; its signatures are counted from 1. */
export function authenticator(): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const credentialId = id.toString('base64url');
  let userHandle = '';
  let count = 0;
  const named = {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key' as const,
    clientExtensionResults: {},
  };
  return {
    credentialId,
    create(options, at) {
      userHandle = options.user.id;
      const length = Buffer.from([0, id.length]);
      const key = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)]);
      const data = Buffer.concat([authenticatorData(at, 0, flags.hasKey), key]);
      return {
        ...named,
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, at).toString(
            'base64url',
          ),
          attestationObject: attestation(data).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get(options, at) {
      count = at.count ?? count + 1;
      const said = clientData('webauthn.get', options.challenge, at);
      const data = authenticatorData(at, count, 0);
      return {
        ...named,
        response: {
          clientDataJSON: said.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signed(privateKey, data, said),
          userHandle: at.userHandle ?? userHandle,
        },
      };
    },
  };
}

function clientData(type: string, challenge: string, { origin }: Circumstances): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function authenticatorData(at: Circumstances, count: number, more: number): Buffer {
  const host = at.host ?? new URL(at.origin).hostname;
  const tail = Buffer.alloc(5);
  tail[0] = flags.present | (at.verified === false ? 0 : flags.verified) | more;
  tail.writeUInt32BE(count, 1);
  return Buffer.concat([createHash('sha256').update(host).digest(), tail]);
}

function signed(key: KeyObject, data: Buffer, said: Buffer): string {
  const digest = createHash('sha256').update(said).digest();
  return sign('sha256', Buffer.concat([data, digest]), key).toString('base64url');
}

function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const bytes = (text: string) => [...cborHead(2, 32), ...Buffer.from(text, 'base64url')];
  // kty: EC2, alg: ES256, crv: P-256, then the point; negative keys count down from 0x20.
  const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
  return Buffer.from([...head, 0x21, ...bytes(x), 0x22, ...bytes(y)]);
}

function attestation(data: Buffer): Buffer {
  const text = (word: string) => [...cborHead(3, word.length), ...Buffer.from(word)];
  const parts = [0xa3, ...text('fmt'), ...text('none'), ...text('attStmt'), 0xa0];
  return Buffer.from([...parts, ...text('authData'), ...cborHead(2, data.length), ...data]);
}

/** Type and length of a CBOR string; lengths here stay below 65,536. */
function cborHead(major: number, length: number): number[] {
  const type = major << 5;
  if (length < 24) return [type | length];
  return length < 256 ? [type | 24, length] : [type | 25, length >> 8, length & 0xff];
}
