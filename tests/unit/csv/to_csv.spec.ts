import { test } from '@japa/runner'
import { toCsv, withoutApostrophe } from '#csv/to_csv'

const cell = (text: string) => toCsv([{ text }], ['text']).split('\n')[1]

test.group('CSV for spreadsheets', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\0=1', '＝1']) {
    test(`takes ${JSON.stringify(text)} for text`, ({ assert }) => {
      assert.match(cell(text), /^"?'/)
      assert.equal(withoutApostrophe(`'${text}`), text.startsWith('\0') ? `'${text}` : text)
    })
  }

  for (const text of ["'=1", "''+1", "'@x", "'Besan", "''", "'"]) {
    test(`gives ${text} back as it was`, ({ assert }) => {
      assert.equal(withoutApostrophe(cell(text)), text)
    })
  }

  test('leaves numbers and other text alone', ({ assert }) => {
    assert.equal(cell('Besan'), 'Besan')
    assert.equal(toCsv([{ paise: -5 }], ['paise']).split('\n')[1], '-5')
    assert.equal(withoutApostrophe("'Besan'"), "'Besan'")
    assert.equal(cell('a=1'), 'a=1')
    assert.equal(withoutApostrophe("=1'"), "=1'")
  })

  test('has its columns in order, after a mark unless the reader takes none', ({ assert }) => {
    const rows = [{ unit: '1 kg', name: 'Be\0san', price: null }]
    const text = 'name,unit\nBesan,1 kg\n'
    assert.equal(toCsv(rows, ['name', 'unit']), `\uFEFF${text}`)
    assert.equal(toCsv(rows, ['name', 'unit'], { bom: false }), text)
  })
})
