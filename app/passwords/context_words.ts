/** What people would try here first: the marketplace, its roles, its words. In docs/security.md too. */
export const CONTEXT_WORDS = [
  ...['kiranaghar', 'kirana', 'ghar', 'किराना', 'घर', 'shopowner', 'shop', 'owner', 'customer'],
  ...['admin', 'dukaan', 'dukan', 'दुकान', 'khata', 'खाता'],
]

const words = new RegExp(CONTEXT_WORDS.join('|'), 'g')

/** Whether nothing but digits and marks is left without these words: `Kirana@2026`. */
export function isOfThisPlace(password: string) {
  const typed = password.toLowerCase().normalize('NFC')
  const rest = typed.replace(words, '')
  return rest !== typed && !/\p{L}/u.test(rest)
}
