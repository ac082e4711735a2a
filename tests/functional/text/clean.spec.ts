import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { clean } from '#text/clean'
import { odd } from '#tests/helpers/typed_texts'

function everyCharacter() {
  const points = Array.from({ length: 0x110000 }, (_, point) => point)
  return points
    .filter((point) => point > 0 && (point < 0xd800 || point > 0xdfff))
    .map((point) => String.fromCodePoint(point))
    .filter((character) => !/[\p{Cn}\p{Co}\p{Unified_Ideograph}]/u.test(character))
}

/** Characters that are newer than PostgreSQL's Unicode are left out: it cannot normalise them. */
async function inDatabase(texts: string[]) {
  const { rows } = await db.rawQuery(
    `SELECT given, clean_text(given) AS cleaned, name_key(given) AS key,
       coalesce(name_key(clean_text(given)), '') AS "keyOfCleaned"
     FROM unnest(cast(:texts AS text[])) AS given WHERE unicode_assigned(given)`,
    { texts: texts.map((text) => text.replaceAll('\0', '')) }
  )
  return rows as { given: string; cleaned: string | null; key: string; keyOfCleaned: string }[]
}

async function keysOf(names: string[]) {
  const rows = await inDatabase(names)
  return [...new Set(rows.map(({ key }) => key))]
}

test.group('Cleaned text', () => {
  test('has at most thirty marks on a letter, which are put in order soon', async ({ assert }) => {
    const crowd = clean(`a${'\u0316\u0301'.repeat(50_000)} dal`)
    assert.equal(crowd, `a${'\u0316'.repeat(15)}${'\u0301'.repeat(15)} dal`.normalize('NFC'))
    for (const text of [crowd, clean(`a${'\u0344\u200D'.repeat(50)}b`)]) {
      assert.equal(clean(text), text)
      const [{ cleaned }] = await inDatabase([text])
      assert.equal(cleaned, text)
    }
  })

  test('is the same in the database for every character', async ({ assert }) => {
    const texts = everyCharacter().map((it) => `a${it}\u0301 ${it}क${it}ष ${it}\u200D`)
    for (let first = 0; first < texts.length; first += 50_000) {
      const rows = await inDatabase(texts.slice(first, first + 50_000))
      const differing = rows.filter(({ given, cleaned }) => clean(given) !== cleaned)
      assert.deepEqual(differing, [])
      assert.deepEqual(
        rows.filter(({ key, keyOfCleaned }) => key !== keyOfCleaned),
        []
      )
    }
  }).timeout(120_000)

  test('is the same in the database for any text, and does not change again', async ({
    assert,
  }) => {
    const chain = `\u0301\u200D${'\u094D\u200D'.repeat(9)}`
    const texts = [chain, ...fc.sample(odd, 20_000)]
    const rows = await inDatabase(texts)
    assert.isAbove(rows.length, 10_000)
    for (const { given, cleaned, key, keyOfCleaned } of rows) {
      assert.equal(clean(given), cleaned ?? '')
      assert.equal(keyOfCleaned, key)
    }
    const cleaned = texts.map((text) => clean(text.toWellFormed().replaceAll('\0', '')))
    const { rows: changed } = await db.rawQuery(
      `SELECT text FROM unnest(cast(:cleaned AS text[])) AS text
       WHERE nullif(text, '') IS DISTINCT FROM clean_text(text)`,
      { cleaned }
    )
    assert.deepEqual(changed, [])
    for (const text of cleaned) assert.equal(clean(text), text)
  }).timeout(60_000)
})

test.group('Names', () => {
  test('are the same for people who see no difference', async ({ assert }) => {
    const toorDal = [
      'Toor Dal',
      'TOOR  dal',
      'Toor\u00A0Dal',
      'Toor\u200B Dal',
      'Ｔｏｏｒ　Ｄａｌ',
      'Toor D\u00ADal',
    ]
    assert.lengthOf(await keysOf(toorDal), 1)
    assert.lengthOf(await keysOf(['Café', 'cafe\u0301', 'CAFÉ']), 1)
    assert.lengthOf(await keysOf(['प\u095Dाई', 'प\u0922\u093Cाई']), 1)
    assert.lengthOf(await keysOf(['İmli', 'imli', 'I\u0307MLI']), 1)
    assert.lengthOf(await keysOf(['ΟΔΟΣ', 'οδος', 'οδοσ']), 1)
    assert.lengthOf(await keysOf(['Haldiram’s', `Haldiram's`, 'haldiram`s', 'HALDIRAMʼS']), 1)
    assert.lengthOf(await keysOf(['7-Up', '7‑Up', '7–up', '7−UP']), 1)
    assert.lengthOf(await keysOf(['क्\u200Dष', 'क्ष']), 1)
  })

  test('differ where people see a difference', async ({ assert }) => {
    const names = ['Toor Dal', 'ToorDal', 'Toor Dal 1', 'Tur Dal', 'तूर दाल', 'Café', 'Cafe']
    assert.lengthOf(await keysOf(names), names.length)
  })
})
