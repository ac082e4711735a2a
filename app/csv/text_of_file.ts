import { UnreadableFile } from '#csv/unreadable_file'

/** Byte order marks that spreadsheets write. */
const MARKS = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

/** What other files begin with. */
const OTHERS = [
  { reason: 'spreadsheet', starts: ['PK\x03\x04', '\xd0\xcf\x11\xe0'] },
  { reason: 'picture', starts: ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'RIFF', '\0\0\0'] },
  { reason: 'pdf', starts: ['%PDF'] },
] as const

/**
 * Decodes a file exported from a spreadsheet: UTF-8, or UTF-16 with a byte order mark. Other encodings are not
 * guessed: a wrong guess would garble Hindi. @throws UnreadableFile
 */
export function textOfFile(bytes: Buffer) {
  const start = bytes.subarray(0, 4).toString('latin1')
  const other = OTHERS.find(({ starts }) => starts.some((text) => start.startsWith(text)))
  if (other) throw new UnreadableFile(other.reason)
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  return withoutNul(decoded(bytes, marked?.encoding ?? 'utf-8'))
}

function decoded(bytes: Buffer, encoding: string) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UnreadableFile('not_text', {}, { cause })
  }
}

/** UTF-16 without its mark reads as UTF-8 with NUL between the letters, which the database does not store. */
export function withoutNul(text: string) {
  if (text.includes('\0')) throw new UnreadableFile('not_text')
  return text
}
