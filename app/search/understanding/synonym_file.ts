import { Exception } from '@adonisjs/core/exceptions'
import { fold, wordsOf } from '#text/fold'
import { isStopWord } from '#search/understanding/stop_words'

/** Invalid synonym files; the message lists file, line and error. */
export class InvalidSynonyms extends Exception {
  static code = 'E_INVALID_SYNONYMS'
  static status = 500
}

/** Text of a synonym file, and its name for messages. */
export interface SynonymFile {
  name: string
  text: string
}

export const LONGEST_NAME = 6

/** Reads each line that has more than a comment. @returns the problems, with their places */
export function readLines(
  { name, text }: SynonymFile,
  read: (content: string, line: number) => string | null
): string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.replace(/#.*/, '').trim()
    const problem = content === '' ? null : read(content, index + 1)
    return problem ? `${name}, line ${index + 1}: ${problem}` : []
  })
}

export function namesIn(list: string): string[] {
  return list.split(',').map((name) => name.trim())
}

/** The words of a name without stop words, unless nothing else is left. */
export function wordsIn(name: string): string[] {
  const words = wordsOf(fold(name))
  const telling = words.filter((word) => !isStopWord(word))
  return telling.length > 0 ? telling : words
}

export function problemOf(name: string): string | null {
  const { length } = wordsIn(name)
  if (length === 0) return name ? `"${name}" has no letters` : 'a name is empty'
  return length > LONGEST_NAME ? `"${name}" has more than ${LONGEST_NAME} words` : null
}
