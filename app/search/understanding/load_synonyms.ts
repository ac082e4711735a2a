import { readFileSync } from 'node:fs'
import { InvalidSynonyms, Synonyms } from '#search/understanding/synonyms'

/**
 * The synonyms of these files, each extending those before it.
 *
 * @throws InvalidSynonyms when a file is missing or something in it is wrong
 */
export function loadSynonyms(paths: string[]): Synonyms {
  return new Synonyms(paths.map((path) => ({ name: path, text: textOf(path) })))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new InvalidSynonyms(`${path} cannot be read: ${(cause as Error).message}`, { cause })
  }
}
