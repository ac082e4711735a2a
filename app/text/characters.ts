/**
 * Sources of character classes. Spelled out, because the OpenAPI document is used by languages with another `\s` and no
 * `\p`; what is above U+FFFF stands for itself.
 */
const range = (first: number, last: number) => {
  return `${String.fromCodePoint(first)}-${String.fromCodePoint(last)}`
}

/** What shows nothing, or turns the direction of text. */
export const INVISIBLE = [
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f',
  '\\u2800\\u3164\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb',
  range(0x1bca0, 0x1bca3),
  range(0x1d173, 0x1d17a),
  range(0xe0000, 0xe0fff),
].join('')

export const BLANK =
  '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

/** They choose how letters look, and make one emoji of several. */
export const JOINER = '\\u200c\\u200d'

/** They choose how an emoji looks. */
export const SELECTOR = '\\ufe0e\\ufe0f'

/** Control characters other than white space. */
export const CONTROL = '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f'

export const EMOJI = `\\u203c-\\u2bff${range(0x1f000, 0x1faff)}`

export const VIRAMA = '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca'

/** Arabic and Indian scripts, whose letters join. */
export const JOINED = '\\u0600-\\u06ff\\u0750-\\u077f\\u08a0-\\u0dff'
