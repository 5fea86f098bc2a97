/** The pages on the way to an account; a new one is a component and one entry here. */
import type { Component } from 'svelte';

export interface Step {
  readonly title: string;
  readonly about: string;
  /** What needs the server, as the beginning of a sentence. */
  readonly what: string;
  readonly load: () => Promise<{ readonly default: Component }>;
}

export const steps: Readonly<Record<string, Step>> = {
  'sign-in': {
    title: 'Sign in',
    about: 'Everything on this device works without it.',
    what: 'Signing in',
    load: () => import('./SignIn.svelte'),
  },
  'sign-up': {
    title: 'Create an account',
    about: 'Everything on this device works without one.',
    what: 'Creating an account',
    load: () => import('./SignUp.svelte'),
  },
  verify: {
    title: 'Confirm your e-mail address',
    about: 'With the link from the mail and your password.',
    what: 'Confirming an address',
    load: () => import('./Verify.svelte'),
  },
  reset: {
    title: 'New password',
    about: 'With a link that is mailed to you.',
    what: 'A new password',
    load: () => import('./Reset.svelte'),
  },
  email: {
    title: 'Change of e-mail address',
    about: 'The new address counts once you confirm it here.',
    what: 'Changing an address',
    load: () => import('./ConfirmEmail.svelte'),
  },
  'first-admin': {
    title: 'First admin',
    about: 'With the link that the server printed when it started.',
    what: 'Making the first admin',
    load: () => import('./FirstAdmin.svelte'),
  },
};
