/** Asks the browser for a passkey or a new one; its refusals become failures with a code. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { fail, ok } from '#core/result.ts';
import {
  call,
  type Answer,
  type NewPasskeyQuestion,
  type PasskeyQuestion,
  type Procedure,
  type SignInOptions,
} from './api.ts';
import { say } from '../words/language.ts';

/** Whether passkeys work at this address in this browser. */
export function passkeysWork(options: SignInOptions | null): boolean {
  return options?.passkeysHere === true && typeof PublicKeyCredential === 'function';
}

/** Shows a passkey that the account has; `auth.passkey-refused` when none was shown. */
export async function showPasskey(
  question: Procedure<PasskeyQuestion>,
): Promise<Answer<AuthenticationResponseJSON>> {
  const [answer, { startAuthentication }] = await Promise.all([
    call(question),
    import('@simplewebauthn/browser'),
  ]);
  if (!answer.ok) return answer;
  // The wire's types know no buffers; both ends are of one library.
  const optionsJSON = answer.value as unknown as PublicKeyCredentialRequestOptionsJSON;
  return asked(() => startAuthentication({ optionsJSON }));
}

/** Makes a passkey on this device or one at hand. */
export async function makePasskey(
  question: NewPasskeyQuestion,
): Promise<Answer<RegistrationResponseJSON>> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = question as unknown as PublicKeyCredentialCreationOptionsJSON;
  return asked(() => startRegistration({ optionsJSON }));
}

/** Signs in with a passkey alone; it is both factors. */
export async function signInByPasskey(): Promise<Answer<{ readonly state: 'signed-in' }>> {
  const shown = await showPasskey((server) => server.auth.passkeyOptions.mutate());
  if (!shown.ok) return shown;
  return call((server) => server.auth.passkeySignIn.mutate({ response: shown.value }));
}

async function asked<T>(question: () => Promise<T>): Promise<Answer<T>> {
  try {
    return ok(await question());
  } catch (error) {
    // Browsers say the same of a question put away, one too old and one without an answer.
    const isKnown = error instanceof Error && error.name === 'InvalidStateError';
    const detail = isKnown ? say`This device holds a passkey of this account already.` : '';
    return fail({ code: 'auth.passkey-refused', detail });
  }
}
