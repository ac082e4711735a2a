/** The name in the reader's language, where there is one. */
export function nameIn(locale: string, { name, nameHi }: { name: string; nameHi: string | null }) {
  return (locale === 'hi' && nameHi) || name
}
