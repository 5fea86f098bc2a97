/** Headers that every answer carries, refusals and errors included. */

const denied = ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'serial'];

/** Set before anything else looks at the request; `encrypted` = people reach it over https. */
export function securityHeaders(options: {
  readonly contentPolicy: string;
  readonly encrypted: boolean;
}): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': options.contentPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': denied.map((feature) => `${feature}=()`).join(', '),
    ...(options.encrypted
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
      : {}),
  };
}
