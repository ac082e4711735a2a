import { UnreadableFile } from '#csv/unreadable_file'

/** What spreadsheets put before text that is not in UTF-8. */
const MARKS = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
]

/**
 * The text of a file that somebody saved from a spreadsheet, in UTF-8 or marked as UTF-16. Other encodings
 * are not guessed: where they have Hindi at all, a wrong guess would spoil it. @throws UnreadableFile
 */
export function textOfFile(bytes: Buffer) {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  try {
    return new TextDecoder(marked?.encoding ?? 'utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UnreadableFile('not_text', {}, { cause })
  }
}
