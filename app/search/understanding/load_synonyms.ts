import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidSynonyms, type SynonymFile } from '#search/understanding/synonym_file'
import { Synonyms } from '#search/understanding/synonyms'

/**
 * Loads synonym files, each extending the previous ones, and a folder with a file for each other language.
 *
 * @throws InvalidSynonyms when a file is missing or invalid
 */
export function loadSynonyms(paths: string[], languages?: string): Synonyms {
  const files = languages ? readdirSync(languages).sort() : []
  return new Synonyms(
    paths.map(fileAt),
    files.map((file) => fileAt(join(languages!, file)))
  )
}

function fileAt(path: string): SynonymFile {
  return { name: path, text: textOf(path) }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new InvalidSynonyms(`${path} cannot be read: ${(cause as Error).message}`, { cause })
  }
}
