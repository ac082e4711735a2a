/** Pieces that have broken searches elsewhere: operators, escapes, scripts, marks without a letter. */
const PIECES = [
  'besan',
  'आटा',
  'ज़',
  '्',
  'ा',
  '़',
  '.*',
  '(?:',
  '[a-',
  '\\',
  '\\E',
  '%',
  '_',
  "'",
  '"',
  ';--',
  '$1',
  '?',
  ':q',
  '&',
  '|',
  '!',
  ':*',
  '<->',
  '{}',
  '\0',
  '\u0001',
  '\t',
  '\n',
  '\u00a0',
  '\u200d',
  '\u202e',
  '\ufeff',
  '\ufffd',
  '\ud800',
  '\udc00',
  '😀',
  '👨‍👩‍👧',
  'مرحبا',
  'שלום',
  '日本語',
  '㌀',
  'ﷺ',
  '𝕬𝖙𝖙𝖆',
  'ﬁ',
  'İ',
  'ß',
  'e\u0301'.repeat(3),
  'x'.repeat(300),
  '9'.repeat(60),
  ' ',
  ' ',
  ' ',
]

/** Texts put together by chance, and the same ones every time. */
export function oddTexts(count: number, seed = 1): string[] {
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * limit)
  }
  return Array.from({ length: count }, () => {
    return Array.from({ length: 1 + below(12) }, () => PIECES[below(PIECES.length)]).join('')
  })
}
