/** Who somebody is on a server: what each role may do is declared by the procedures themselves. */

/** `support` reads what helps people and changes nothing; `admin` runs the installation. */
export const roles = ['trader', 'support', 'admin'] as const;
export type Role = (typeof roles)[number];
