import fc from 'fast-check'

/** Characters that nobody sees, and others whose neighbours decide what they are. */
const UNSEEN = [
  '\u200B',
  '\u200C',
  '\u200D',
  '\u202E',
  '\u2066',
  '\u00AD',
  '\uFEFF',
  '\u3164',
  '\uFE0F',
  '\u{E0067}',
]
const PIECES = [
  ...[
    'a',
    'I',
    'İ',
    'ΟΔΟΣ',
    'ß',
    ' ',
    '\u00A0',
    '\u0085',
    '\t',
    '\r\n',
    '’',
    '–',
    '\u0301',
    '\u0307',
    '\u20E3',
  ],
  ...[
    'क',
    '्',
    '\u093C',
    '\u0951',
    '\u095D',
    'র',
    '্',
    'ന',
    '്',
    'ب',
    'ی',
    '❤',
    '😀',
    'Ｔ',
    'ﷺ',
    '½',
    ...UNSEEN,
  ],
]
const SIGNS = [
  '"',
  "'",
  ',',
  ';',
  '=',
  '%',
  '_',
  '\\',
  '<b>',
  '&amp;',
  '{{ 1 }}',
  '$1',
  '?',
  ':q',
  '(',
  '*',
  '\0',
  '\u001B',
]
const NUMBERS = [
  '1e3',
  '0x10',
  '-0',
  '१२.५०',
  '₹ 1,250.00',
  '52/-',
  '99999999999',
  'NaN',
  '452 001',
  '+91 98765',
]

/** Text that people do not type, but paste. */
export const odd = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) }
  ),
  maxLength: 12,
})

/** The same with signs, numbers and words, as it may come to any field. */
export const typed = fc
  .array(fc.oneof(odd, fc.constantFrom(...SIGNS, ...NUMBERS, 'Besan', 'आटा', 'x'.repeat(150))), {
    minLength: 0,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

/** Spellings of a name in which people see no difference. */
export const spellings = (name: string) =>
  fc
    .tuple(
      fc.constantFrom(...UNSEEN),
      fc.constantFrom('  ', '\u00A0', '\u3000', '\t '),
      fc.nat(name.length)
    )
    .chain(([unseen, blank, place]) =>
      fc.constantFrom(
        name.toUpperCase(),
        name.replaceAll(' ', blank),
        name.slice(0, place) + unseen + name.slice(place),
        name.normalize('NFD'),
        name.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
        ` ${name}\u200F`
      )
    )
