import { BLANK, EMOJI, INVISIBLE, JOINED, JOINER, SELECTOR, VIRAMA } from '#text/characters'

const ASCII = /^[!-~]+( [!-~]+)*$/

const invisible = new RegExp(`[${INVISIBLE}]+`, 'gu')
const blanks = new RegExp(`[${BLANK}]+`, 'gu')

/** The group has what is needed where it stands. */
const selectors = new RegExp(
  `((?<=[©®\\u3030\\u303d\\u3297\\u3299${EMOJI}])[${SELECTOR}]|(?<=[#*0-9])\\ufe0f(?=\\u20e3))|[${SELECTOR}]`,
  'gu'
)
const joiners = new RegExp(
  `((?<=[${VIRAMA}])[${JOINER}]|(?<=[${JOINED}])[${JOINER}](?=[${JOINED}])|` +
    `(?<=[\\ufe0f${EMOJI}])\\u200d(?=[${EMOJI}]))|[${JOINER}]`,
  'gu'
)
/** More on one letter is nonsense, and would take long to put in order. */
const crowds = /(\p{M}{30})\p{M}+/gu
const needless = new RegExp(`[${SELECTOR}${JOINER}]`, 'gu')

/**
 * Text as it is stored: NFC, without invisible and direction-changing characters, with single blanks inside and none
 * around. The database has the same as `clean_text`, which also takes more than thirty marks on a letter.
 */
export function clean(text: string): string {
  if (ASCII.test(text)) return text
  const cleaned = swept(text)
  return swept(cleaned) === cleaned ? cleaned : swept(cleaned.replace(needless, ''))
}

/** What is removed can change what the rest needs, which only nonsense does. */
function swept(text: string) {
  return text
    .replace(invisible, '')
    .replace(crowds, '$1')
    .normalize('NFC')
    .replace(crowds, '$1')
    .replace(selectors, '$1')
    .replace(joiners, '$1')
    .replace(blanks, ' ')
    .replace(/^ | $/g, '')
}
