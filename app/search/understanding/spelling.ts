import { withInherentVowels } from '#search/understanding/transliteration'

/**
 * Rewrite rules, in order, that unify spellings of a word. The patterns mean the same in JavaScript, Java and
 * PostgreSQL; `word` is in lower-case Latin letters.
 *
 * Long and short vowels, `z` and `j`, `ph` and `f`, `w` and `v`, `sh` and `s` and doubled letters are equal. `a`
 * is dropped except at the beginning: whether it is written (`chawal`, `chaawal`) or even spoken (`namakeen`,
 * `namkeen`) varies most.
 */
export const SPELLING_RULES: readonly (readonly [pattern: string, replacement: string])[] = [
  ['aa+', 'a'],
  ['([aeiou])h$', '$1'],
  ['([aeiou][^aeiou]+)a$', '$1'],
  ['ksh', 'ks'],
  ['x', 'ks'],
  ['ch+', 'C'],
  ['ck|q', 'k'],
  ['c(?=[eiy])', 's'],
  ['c', 'k'],
  ['C', 'c'],
  ['ph', 'f'],
  ['sh+', 's'],
  ['z', 'j'],
  ['w', 'v'],
  ['ee+|ii+|ie$|ey$', 'i'],
  ['oo+|uu+', 'u'],
  ['aye?(?=[^aeiouy]|$)|ai', 'e'],
  ['au|ou|ov(?=[^aeiouyv]|$)', 'o'],
  ['(?<=.)i?ya?|(?<=.)ia', 'y'],
  ['(?<=.)a', ''],
  ['y(?![aeiou])', 'i'],
  ['([a-z])\\1+', '$1'],
]

const RULES = SPELLING_RULES.map(([pattern, replacement]) => {
  return [new RegExp(pattern, 'g'), replacement] as const
})

/** Equal for all usual spellings of a folded word, in Devanagari or Latin: `aata`, `atta` and `आटा` are `at`. */
export function spellingKey(word: string): string {
  return RULES.reduce(
    (key, [pattern, replacement]) => key.replace(pattern, replacement),
    withInherentVowels(word)
  )
}
