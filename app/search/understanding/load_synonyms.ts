import { readFileSync } from 'node:fs'
import { InvalidSynonyms, Synonyms } from '#search/understanding/synonyms'

/**
 * Loads synonym files, each extending the previous ones.
 *
 * @throws InvalidSynonyms when a file is missing or invalid
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
