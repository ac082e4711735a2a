/** Characters that show nothing, or turn the direction of text. */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]+/gu

const BLANKS = /[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/gu

const EMOJI = String.raw`\u203C-\u2BFF\u{1F000}-\u{1FAFF}`

/** They choose how an emoji looks. */
const SELECTORS = needed(
  String.raw`\uFE0E\uFE0F`,
  String.raw`(?<=[©®\u3030\u303D\u3297\u3299${EMOJI}])[\uFE0E\uFE0F]`,
  String.raw`(?<=[#*0-9])\uFE0F(?=\u20E3)`
)

const VIRAMAS = String.raw`\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA`

/** Arabic and Indian scripts. */
const JOINED = String.raw`\u0600-\u06FF\u0750-\u077F\u08A0-\u0DFF`

/** They choose how letters look, and join emoji to one. */
const JOINERS = needed(
  String.raw`\u200C\u200D`,
  String.raw`(?<=[${VIRAMAS}])[\u200C\u200D]`,
  String.raw`(?<=[${JOINED}])[\u200C\u200D](?=[${JOINED}])`,
  String.raw`(?<=[\uFE0F${EMOJI}])\u200D(?=[${EMOJI}])`
)

const PLAIN = /^[!-~]+( [!-~]+)*$/

/**
 * Text as it is stored: NFC, without invisible and direction-changing characters, with single blanks inside and none
 * around. The database has the same as `clean_text`.
 */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text
  const cleaned = text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(SELECTORS, '$1')
    .replace(JOINERS, '$1')
    .replace(BLANKS, ' ')
    .replace(/^ | $/g, '')
  return cleaned === text ? text : clean(cleaned)
}

/** Finds `characters`, and in a group where they are needed. */
function needed(characters: string, ...where: string[]) {
  return new RegExp(`(${where.join('|')})|[${characters}]`, 'gu')
}
