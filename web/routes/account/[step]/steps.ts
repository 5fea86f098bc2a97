/** The pages on the way to an account; a new one is a component and one entry here. */
import type { Component } from 'svelte';
import { say } from '#lib/words/language.ts';

export interface Step {
  readonly title: string;
  readonly about: string;
  /** What needs the server, as the beginning of a sentence. */
  readonly what: string;
  readonly load: () => Promise<{ readonly default: Component }>;
}

export const steps: Readonly<Record<string, Step>> = {
  'sign-in': {
    title: say`Sign in`,
    about: say`Everything on this device works without it.`,
    what: say`Signing in`,
    load: () => import('./SignIn.svelte'),
  },
  'sign-up': {
    title: say`Create an account`,
    about: say`Everything on this device works without one.`,
    what: say`Creating an account`,
    load: () => import('./SignUp.svelte'),
  },
  verify: {
    title: say`Confirm your e-mail address`,
    about: say`With the link from the mail and your password.`,
    what: say`Confirming an address`,
    load: () => import('./Verify.svelte'),
  },
  reset: {
    title: say`New password`,
    about: say`With a link that is mailed to you.`,
    what: say`A new password`,
    load: () => import('./Reset.svelte'),
  },
  email: {
    title: say`Change of e-mail address`,
    about: say`The new address counts once you confirm it here.`,
    what: say`Changing an address`,
    load: () => import('./ConfirmEmail.svelte'),
  },
  'first-admin': {
    title: say`First admin`,
    about: say`With the link that the server printed when it started.`,
    what: say`Making the first admin`,
    load: () => import('./FirstAdmin.svelte'),
  },
};
