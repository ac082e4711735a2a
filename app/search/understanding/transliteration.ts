/**
 * Devanagari to Latin letters, as typed on phones in India: `आटा` → `aataa`, `जीरा` → `jeeraa`.
 *
 * A consonant carries the inherent vowel `a` unless a vowel sign or halant follows. Whether it is spoken does not
 * matter here: `spelling.ts` compares words without their vowels.
 */
const CONSONANTS: Record<string, string> = {
  क: 'k',
  ख: 'kh',
  ग: 'g',
  घ: 'gh',
  ङ: 'n',
  च: 'ch',
  छ: 'chh',
  ज: 'j',
  झ: 'jh',
  ञ: 'n',
  ट: 't',
  ठ: 'th',
  ड: 'd',
  ढ: 'dh',
  ण: 'n',
  त: 't',
  थ: 'th',
  द: 'd',
  ध: 'dh',
  न: 'n',
  प: 'p',
  फ: 'ph',
  ब: 'b',
  भ: 'bh',
  म: 'm',
  य: 'y',
  र: 'r',
  ल: 'l',
  ळ: 'l',
  व: 'v',
  श: 'sh',
  ष: 'sh',
  स: 's',
  ह: 'h',
}

const VOWELS: Record<string, string> = {
  अ: 'a',
  आ: 'aa',
  इ: 'i',
  ई: 'ee',
  उ: 'u',
  ऊ: 'oo',
  ऋ: 'ri',
  ए: 'e',
  ऐ: 'ai',
  ऍ: 'e',
  ऎ: 'e',
  ओ: 'o',
  औ: 'au',
  ऑ: 'o',
  ऒ: 'o',
}

const VOWEL_SIGNS: Record<string, string> = {
  'ा': 'aa',
  'ि': 'i',
  'ी': 'ee',
  'ु': 'u',
  'ू': 'oo',
  'ृ': 'ri',
  'े': 'e',
  'ै': 'ai',
  'ॅ': 'e',
  'ॆ': 'e',
  'ो': 'o',
  'ौ': 'au',
  'ॉ': 'o',
  'ॊ': 'o',
  '्': '',
}

const OTHERS: Record<string, string> = { 'ं': 'n', 'ँ': 'n', 'ः': 'h', 'ॐ': 'om', 'ऽ': '' }

/**
 * Latin letters for each piece of Devanagari; the longest match wins. Includes every inherent vowel, so that a
 * search engine can apply it as a character mapping.
 */
export const TRANSLITERATION: ReadonlyMap<string, string> = new Map([
  ...Object.entries(VOWELS),
  ...Object.entries(OTHERS),
  ...Object.entries(CONSONANTS).flatMap(([letter, sound]) => [
    [letter, `${sound}a`] as const,
    ...Object.entries(VOWEL_SIGNS).map(([sign, vowel]) => [letter + sign, sound + vowel] as const),
  ]),
])

const PIECE = /[\u0915-\u0939][\u093E-\u094D]?|[\u0900-\u097F]/g

/** With every inherent vowel: `नमकीन` is `namakeena`; scripts other than Devanagari stay. */
export function withInherentVowels(word: string): string {
  return word.replace(PIECE, (piece) => TRANSLITERATION.get(piece) ?? '')
}
