import { Exception } from '@adonisjs/core/exceptions'
import { fold, wordsOf } from '#search/understanding/fold'
import { spellingKey } from '#search/understanding/spelling'
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

/** A synonym's words and weight. */
export interface Synonym {
  words: string[]
  /** 1 for an exact synonym, less for a specific product meant by a general word. */
  weight: number
}

interface Group {
  names: Map<string, string[]>
  special: Map<string, string[]>
}

export const LONGEST_NAME = 6
const SAME = 1
const SPECIAL = 0.6

/**
 * Synonym groups read from files like `resources/search/synonyms.txt`. A later file extends an earlier group by
 * naming one of its members.
 */
export class Synonyms {
  #exact = new Map<string, Group>()
  #spelled = new Map<string, Group | null>()
  #groups: Group[] = []

  /** @throws InvalidSynonyms */
  constructor(files: SynonymFile[]) {
    const problems = files.flatMap((file) => this.#read(file))
    if (problems.length > 0) throw new InvalidSynonyms(problems.join('\n'))
    for (const group of this.#groups) this.#indexSpellings(group)
  }

  /** Number of groups. */
  get size(): number {
    return this.#groups.length
  }

  /**
   * Synonyms of these words, or null when they are in no group. Alternative spellings match if they lead to a
   * single group, and so does a word written as two.
   */
  of(words: string[]): Synonym[] | null {
    const group = this.#exact.get(nameOf(words)) ?? this.#spelled.get(keyOf(words))
    if (!group) return null
    const own = nameOf(words)
    const same = [...group.names].filter(([name]) => name !== own)
    return [
      ...same.map(([, name]) => ({ words: name, weight: SAME })),
      ...[...group.special.values()].map((name) => ({ words: name, weight: SPECIAL })),
    ]
  }

  /** Every word of every name. */
  words(): Set<string> {
    return new Set(this.#groups.flatMap(({ names }) => [...names.values()].flat()))
  }

  #read({ name, text }: SynonymFile): string[] {
    const problems: string[] = []
    const added = new Map<string, number>()
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      const content = line.replace(/#.*/, '').trim()
      if (content === '') continue
      const problem = this.#readLine(content, index + 1, added)
      if (problem) problems.push(`${name}, line ${index + 1}: ${problem}`)
    }
    return problems
  }

  #readLine(content: string, line: number, added: Map<string, number>): string | null {
    const sides = content.split('>')
    if (sides.length > 2) return 'there is more than one ">"'
    const [names, special] = sides.map((side) => side.split(',').map((name) => name.trim()))
    const parsed = [...names, ...(special ?? [])].map((name) => ({ name, words: wordsIn(name) }))
    for (const { name, words } of parsed) {
      if (words.length === 0) return name ? `"${name}" has no letters` : 'a name is empty'
      if (words.length > LONGEST_NAME) return `"${name}" has more than ${LONGEST_NAME} words`
    }
    const own = parsed.slice(0, names.length).map(({ words }) => words)
    if (special)
      return this.#addSpecial(
        own,
        parsed.slice(names.length).map(({ words }) => words)
      )
    if (own.length < 2) return `"${content}" stands alone: a group has at least two names`
    return this.#addGroup(own, line, added)
  }

  #addGroup(names: string[][], line: number, added: Map<string, number>): string | null {
    for (const name of names.map(nameOf)) {
      const other = added.get(name)
      if (other !== undefined && other !== line) return `"${name}" is in line ${other} already`
      added.set(name, line)
    }
    const known = [...new Set(names.map((name) => this.#exact.get(nameOf(name))).filter(Boolean))]
    if (known.length > 1) {
      const joined = names.filter((name) => this.#exact.has(nameOf(name))).map(nameOf)
      return `"${joined.join('" and "')}" are names of different things`
    }
    this.#join(known[0] ?? this.#newGroup(), names)
    return null
  }

  #addSpecial(general: string[][], special: string[][]): string | null {
    if (general.length > 1) return 'there is one general name before ">", and no more'
    const name = nameOf(general[0])
    const group = this.#exact.get(name) ?? this.#newGroup()
    this.#join(group, general)
    for (const one of special) group.special.set(nameOf(one), one)
    return null
  }

  #newGroup(): Group {
    const group = { names: new Map(), special: new Map() }
    this.#groups.push(group)
    return group
  }

  #join(group: Group, names: string[][]) {
    for (const words of names) {
      group.names.set(nameOf(words), words)
      this.#exact.set(nameOf(words), group)
    }
  }

  #indexSpellings(group: Group) {
    for (const words of group.names.values()) {
      const key = keyOf(words)
      const other = this.#spelled.get(key)
      this.#spelled.set(key, other === undefined || other === group ? group : null)
    }
  }
}

/** Without stop words, unless nothing else is left. */
function wordsIn(name: string): string[] {
  const words = wordsOf(fold(name))
  const telling = words.filter((word) => !isStopWord(word))
  return telling.length > 0 ? telling : words
}

function nameOf(words: string[]): string {
  return words.join(' ')
}

function keyOf(words: string[]): string {
  return words.map(spellingKey).join('')
}
