/** Accents, nuktas of Indian scripts, apostrophes, and characters that are not seen. */
const IGNORED =
  /[\u00AD\u02B9\u02BB-\u02BD\u0300-\u036F\u061C\u093C\u09BC\u0A3C\u0ABC\u0B3C\u0C3C\u0CBC\u115F\u1160\u180B-\u180E\u200B-\u200F\u2018\u2019\u201B\u202A-\u202E\u2032\u2060-\u206F\u2800\u3164\uA78C\uFE00-\uFE0F\uFEFF\uFFA0'`]/g

/** An apostrophe of some keyboards, which compatibility forms take for a space with an accent. */
const ACUTE = /\u00B4/g

/** Everything but letters, digits and viramas. */
const BETWEEN_WORDS = /[^\p{Alphabetic}0-9\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D]+/u

/** Digits of the Indian scripts, whose blocks have the same layout. */
const INDIAN_DIGITS =
  /[\u0966-\u096F\u09E6-\u09EF\u0A66-\u0A6F\u0AE6-\u0AEF\u0B66-\u0B6F\u0BE6-\u0BEF\u0C66-\u0C6F\u0CE6-\u0CEF\u0D66-\u0D6F]/g

/** Longer queries are cut off. */
const MOST_CHARACTERS = 400
const LONGEST_WORD = 40

/** Normalises case, accents, width, nuktas, apostrophes and digits. */
export function fold(text: string): string {
  return [...text.slice(0, MOST_CHARACTERS * 2)]
    .slice(0, MOST_CHARACTERS)
    .join('')
    .toWellFormed()
    .replace(ACUTE, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .replace(IGNORED, '')
    .replace(INDIAN_DIGITS, (digit) => String((digit.charCodeAt(0) & 0x7f) - 0x66))
}

/** The words of a folded text, split like names in the database (`search_words`). */
export function wordsOf(folded: string): string[] {
  return folded
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, LONGEST_WORD).join(''))
}
