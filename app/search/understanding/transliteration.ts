import { SOUTHERN_SIGNS, southernConsonants } from '#search/understanding/southern_sounds'

/**
 * Scripts of India to Latin letters, as typed on phones: `आटा` → `aataa`, `જીરું` → `jeerun`.
 *
 * A consonant carries the inherent vowel `a` unless a vowel sign or halant follows. Whether it is spoken does not
 * matter here: `spelling.ts` compares words without their vowels.
 *
 * Unicode lays out all these scripts like Devanagari, so the other tables follow from this one.
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

/** Distances from Devanagari: Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada and Malayalam. */
const SCRIPTS = [0, 0x80, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380, 0x400]

/** Letters of these scripts without a counterpart in Devanagari, or with another sound. */
const EXCEPTIONS = {
  consonants: {
    ...{ ৰ: 'r', ৱ: 'v', ୟ: 'y', ୱ: 'v' },
    ...southernConsonants(new Map(inEveryScript(CONSONANTS, {}))),
  },
  vowelSigns: { 'ৗ': 'au', 'ൗ': 'au' },
  others: {
    ...{ 'ৎ': 't', 'ੰ': 'n', 'ੱ': '', 'ੲ': 'i', 'ੳ': 'u' },
    ...SOUTHERN_SIGNS,
  },
}

const consonants = inEveryScript(CONSONANTS, EXCEPTIONS.consonants)
const vowelSigns = inEveryScript(VOWEL_SIGNS, EXCEPTIONS.vowelSigns)

/**
 * Latin letters for each piece of a word, which is decomposed like folded words; the longest match wins. Includes
 * every inherent vowel, so that a search engine can apply it as a character mapping.
 */
export const TRANSLITERATION: ReadonlyMap<string, string> = new Map([
  ...inEveryScript(VOWELS, {}),
  ...inEveryScript(OTHERS, EXCEPTIONS.others),
  ...consonants.flatMap(([letter, sound]) => [
    [letter, `${sound}a`] as const,
    ...vowelSigns
      .filter(([sign]) => scriptOf(sign) === scriptOf(letter))
      .map(([sign, vowel]) => [letter + sign, sound + vowel] as const),
  ]),
])

const PIECE = new RegExp(
  `${anyOf(consonants)}${anyOf(vowelSigns)}?|${anyOf([...TRANSLITERATION])}|[\\u0900-\\u0D7F]`,
  'g'
)

/** With every inherent vowel: `नमकीन` is `namakeena`; scripts from elsewhere stay. */
export function withInherentVowels(word: string): string {
  return word.replace(PIECE, (piece) => TRANSLITERATION.get(piece) ?? '')
}

/** The table in every script that has the letters, decomposed. */
function inEveryScript(table: Record<string, string>, exceptions: Record<string, string>) {
  const moved = SCRIPTS.flatMap((distance) => {
    return Object.entries(table).map(([letter, sound]) => {
      return [String.fromCharCode(letter.charCodeAt(0) + distance), sound] as const
    })
  })
  return [...moved, ...Object.entries(exceptions)]
    .filter(([letter]) => /[\p{L}\p{M}]/u.test(letter))
    .map(([letter, sound]) => [letter.normalize('NFKD'), sound] as const)
}

function scriptOf(letter: string) {
  return letter.charCodeAt(0) >> 7
}

/** A pattern of the longest match. */
function anyOf(table: (readonly [string, string])[]): string {
  const letters = table.map(([letter]) => letter).sort((a, b) => b.length - a.length)
  return `(?:${letters.join('|')})`
}
