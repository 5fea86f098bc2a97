/** What an API token may do; each is named by the procedures that accept it. */

export const tokenScopes = [
  'profile:read',
  'profile:write',
  'settings:read',
  'settings:write',
  'security:read',
  'market:read',
] as const;
export type TokenScope = (typeof tokenScopes)[number];
