import { test } from '@japa/runner'
import cities from '../../../database/cities.json' with { type: 'json' }

const namesOf = ({ name, nameHi, otherNames = [] }: (typeof cities)[number]) => [
  name,
  nameHi,
  ...otherNames,
]

test.group('The cities that a new database knows', () => {
  test('have a name in English and one in Hindi', ({ assert }) => {
    for (const { name, nameHi } of cities) {
      assert.match(name, /^[A-Z][A-Za-z]+([ -][A-Za-z]+)*$/)
      assert.match(nameHi, /^\p{Script=Devanagari}+([ -]\p{Script=Devanagari}+)*$/u)
    }
  })

  test('are in the order of their names, and share none', ({ assert }) => {
    const names = cities.map(({ name }) => name)
    assert.deepEqual(names, names.toSorted())
    const all = cities.flatMap(namesOf)
    assert.equal(new Set(all.map((name) => name.normalize('NFC').toLowerCase())).size, all.length)
  })

  test('are spelled as the database stores text', ({ assert }) => {
    for (const name of cities.flatMap(namesOf)) {
      assert.equal(name, name.normalize('NFC').replace(/\s+/g, ' ').trim())
    }
  })

  test('are found by the names that they had before', ({ assert }) => {
    const called = (other: string) => cities.find((city) => namesOf(city).includes(other))?.name
    for (const [before, now] of [
      ['Bangalore', 'Bengaluru'],
      ['Bombay', 'Mumbai'],
      ['Calcutta', 'Kolkata'],
      ['Madras', 'Chennai'],
      ['Allahabad', 'Prayagraj'],
      ['Gurgaon', 'Gurugram'],
      ['Baroda', 'Vadodara'],
      ['Poona', 'Pune'],
      ['Mysore', 'Mysuru'],
      ['Trivandrum', 'Thiruvananthapuram'],
      ['Pondicherry', 'Puducherry'],
      ['बनारस', 'Varanasi'],
    ]) {
      assert.equal(called(before), now)
    }
  })
})
