import { RegionalNames } from '#search/understanding/regional_names'
import { spellingKey } from '#search/understanding/spelling'
import {
  InvalidSynonyms,
  namesIn,
  problemOf,
  readLines,
  wordsIn,
  type SynonymFile,
} from '#search/understanding/synonym_file'

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

const SAME = 1
const SPECIAL = 0.6

/** Weight of what a word means besides: in another language, or only if it is spelled differently. */
const BESIDES = 0.9

/**
 * Synonym groups read from files like `resources/search/synonyms.txt`. A later file extends an earlier group by
 * naming one of its members.
 *
 * Files of other languages (`resources/search/languages`) name the goods of these groups. Their names lead to a
 * good's names, but not the other way round, and one may mean several goods.
 */
export class Synonyms {
  #exact = new Map<string, Group>()
  #spelled = new Map<string, Group | null>()
  #groups: Group[] = []
  #regional = new RegionalNames<Group>()

  /** @throws InvalidSynonyms */
  constructor(files: SynonymFile[], languages: SynonymFile[] = []) {
    const problems = [
      ...files.flatMap((file) => this.#read(file)),
      ...languages.flatMap((file) => readLines(file, (line) => this.#readRegional(line))),
    ]
    if (problems.length > 0) throw new InvalidSynonyms(problems.join('\n'))
    for (const group of this.#groups) this.#indexSpellings(group)
  }

  /** Number of groups. */
  get size(): number {
    return this.#groups.length
  }

  /**
   * Synonyms of these words, or null when they are in no group. Alternative spellings match if they lead to a
   * single group, and so does a word written as two. Other languages are looked up too.
   */
  of(words: string[]): Synonym[] | null {
    const name = nameOf(words)
    const exact = this.#exact.get(name)
    const own = exact ?? this.#spelled.get(keyOf(words))
    const called = this.#regional.called(name)
    const others = called.length > 0 || own ? called : this.#regional.spelledLike(keyOf(words))
    if (!own && others.length === 0) return null
    const besides = others.filter((group) => group !== own)
    const isExact = exact !== undefined || besides.length === 0
    return [
      ...(own ? synonymsIn(own, name, isExact ? SAME : BESIDES) : []),
      ...besides.flatMap((group) => synonymsIn(group, name, exact ? BESIDES : SAME)),
    ]
  }

  /** Every word of every name, those of other languages last. */
  words(): Set<string> {
    const own = this.#groups.flatMap(({ names }) => [...names.values()].flat())
    return new Set([...own, ...this.#regional.words()])
  }

  #read(file: SynonymFile): string[] {
    const added = new Map<string, number>()
    return readLines(file, (content, line) => this.#readLine(content, line, added))
  }

  #readRegional(content: string): string | null {
    const [good, names, ...rest] = content.split(':')
    if (names === undefined || rest.length > 0) return 'a line is a good, ":" and its names'
    const group = this.#exact.get(nameOf(wordsIn(good)))
    if (!group) return `"${good}" is no name in the synonyms`
    for (const name of namesIn(names)) {
      const problem = problemOf(name)
      if (problem) return problem
      const words = wordsIn(name)
      this.#regional.add({ name: nameOf(words), spelling: keyOf(words), good: group })
    }
    return null
  }

  #readLine(content: string, line: number, added: Map<string, number>): string | null {
    const sides = content.split('>')
    if (sides.length > 2) return 'there is more than one ">"'
    const [names, special] = sides.map(namesIn)
    for (const name of [...names, ...(special ?? [])]) {
      const problem = problemOf(name)
      if (problem) return problem
    }
    const own = names.map(wordsIn)
    if (special) return this.#addSpecial(own, special.map(wordsIn))
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

function synonymsIn({ names, special }: Group, own: string, weight: number): Synonym[] {
  const same = [...names].filter(([name]) => name !== own)
  return [
    ...same.map(([, words]) => ({ words, weight: SAME * weight })),
    ...[...special.values()].map((words) => ({ words, weight: SPECIAL * weight })),
  ]
}

function nameOf(words: string[]): string {
  return words.join(' ')
}

function keyOf(words: string[]): string {
  return words.map(spellingKey).join('')
}
