/** Usernames that people would take for those who run the marketplace. */
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

/** Dots, dashes and underscores do not make another name: `Kirana-Ghar` is `kiranaghar`. */
export function isReserved(username: string) {
  return RESERVED.has(username.toLowerCase().replace(/[._-]/g, ''))
}
