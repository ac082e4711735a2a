import { UnreadableFile } from '#csv/unreadable_file'

/** Byte order marks that spreadsheets write. */
const MARKS = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

/**
 * Decodes a file exported from a spreadsheet: UTF-8, or UTF-16 with a byte order mark. Other encodings are not
 * guessed: a wrong guess would garble Hindi. @throws UnreadableFile
 */
export function textOfFile(bytes: Buffer) {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  try {
    return new TextDecoder(marked?.encoding ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UnreadableFile('not_text', {}, { cause })
  }
}
