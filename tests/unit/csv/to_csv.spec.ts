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
  })
})
