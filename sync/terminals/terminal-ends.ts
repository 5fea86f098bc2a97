/** Why a connection with a terminal ends, and the code that its socket is closed with. */

export const terminalEnds = {
  /** A frame that was not sealed, in order, or understood. */
  broken: 4_400,
  /** It could not prove that it holds the token of an account. */
  refused: 4_401,
  revoked: 4_403,
  /** Another login, broker or machine than the one that was paired. */
  'other-account': 4_404,
  silent: 4_408,
  slow: 4_408,
  /** Another connection of the same account has taken over. */
  fenced: 4_409,
  flood: 4_429,
  /** What could not be written down cannot be gone on from. */
  failed: 1_011,
  stopping: 1_001,
} as const;
export type TerminalEnd = keyof typeof terminalEnds;
