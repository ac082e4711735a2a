/** Usernames that could be mistaken for the marketplace's operators. */
const RESERVED = new Set([
  'abuse',
  'admin',
  'administrator',
  'help',
  'kirana',
  'kiranaghar',
  'moderator',
  'operator',
  'postmaster',
  'root',
  'security',
  'staff',
  'superuser',
  'support',
  'system',
  'webmaster',
])

/** Ignores dots, dashes and underscores: `Kirana-Ghar` is `kiranaghar`. */
export function isReserved(username: string) {
  return RESERVED.has(username.toLowerCase().replace(/[._-]/g, ''))
}
