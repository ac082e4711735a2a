import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { loadSynonyms } from '#search/understanding/load_synonyms'
import { fold, wordsOf } from '#text/fold'

const folder = app.makePath('resources/search/languages')
const known = loadSynonyms([app.makePath('resources/search/synonyms.txt')], folder)

const meaningsOf = (text: string) => {
  return (known.of(wordsOf(fold(text))) ?? []).map(({ words }) => words.join(' '))
}

const LANGUAGES = [
  { code: 'ta', script: /\p{Script=Tamil}/u },
  { code: 'te', script: /\p{Script=Telugu}/u },
  { code: 'kn', script: /\p{Script=Kannada}/u },
  { code: 'ml', script: /\p{Script=Malayalam}/u },
]

test.group('Names of goods in the languages of the south', () => {
  test('{code}.txt has names of 200 goods, in Latin letters and in its own script')
    .with(LANGUAGES)
    .run(({ assert }, { code, script }) => {
      const goods = readFileSync(`${folder}/${code}.txt`, 'utf8')
        .split('\n')
        .filter((line) => line.includes(':') && !line.startsWith('#'))
        .map((line) => line.split(':'))
      assert.isAtLeast(goods.length, 200)
      assert.lengthOf(new Set(goods.map(([good]) => good)), goods.length)
      for (const [good, names] of goods) assert.match(names, script, `${code}: ${good}`)
      assert.isAtLeast(goods.filter(([, names]) => /[a-z]/.test(names)).length, 200)
    })

  test('{typed} finds {good}')
    .with([
      { typed: 'kothamalli', good: 'coriander' },
      { typed: 'chintapandu', good: 'tamarind' },
      { typed: 'uppu', good: 'namak' },
      { typed: 'puli', good: 'imli' },
      { typed: 'uluthamparuppu', good: 'urad dal' },
      { typed: 'kandipappu', good: 'toor dal' },
      { typed: 'hesaru bele', good: 'moong dal' },
      { typed: 'velichenna', good: 'coconut oil' },
      { typed: 'கொத்தமல்லி', good: 'coriander' },
      { typed: 'చింతపండు', good: 'tamarind' },
      { typed: 'ಹೆಸರು ಬೇಳೆ', good: 'moong dal' },
      { typed: 'വെളിച്ചെണ്ണ', good: 'coconut oil' },
    ])
    .run(({ assert }, { typed, good }) => assert.include(meaningsOf(typed), good))

  test('{typed} means {goods} in different languages, and finds them all')
    .with([
      { typed: 'vellam', goods: ['gud', 'water'] },
      { typed: 'mundhiri', goods: ['cashew', 'grapes'] },
      { typed: 'munthiri', goods: ['cashew', 'grapes'] },
      { typed: 'soppu', goods: ['soap', 'saag'] },
      { typed: 'parangi', goods: ['pumpkin', 'papaya'] },
      { typed: 'shunti', goods: ['ginger', 'dry ginger'] },
      { typed: 'naranga', goods: ['lemon', 'orange'] },
      { typed: 'kadalai', goods: ['peanut', 'chana'] },
      { typed: 'cholam', goods: ['jowar', 'maize', 'sweet corn'] },
      { typed: 'kobbari', goods: ['coconut', 'dry coconut'] },
      { typed: 'malli', goods: ['coriander', 'coriander seeds'] },
      { typed: 'pazham', goods: ['fruits', 'banana'] },
      { typed: 'payar', goods: ['moong', 'french beans'] },
      { typed: 'manga', goods: ['mango', 'raw mango'] },
    ])
    .run(({ assert }, { typed, goods }) => assert.includeMembers(meaningsOf(typed), goods))

  test('{one} is not {other}')
    .with([
      { one: 'bele', other: 'banana' },
      { one: 'bale hannu', other: 'dal' },
      { one: 'milagu', other: 'chilli' },
      { one: 'milagai', other: 'black pepper' },
      { one: 'வெல்லம்', other: 'water' },
      { one: 'முந்திரி', other: 'grapes' },
      { one: 'മുന്തിരി', other: 'cashew' },
    ])
    .run(({ assert }, { one, other }) => assert.notInclude(meaningsOf(one), other))
})
