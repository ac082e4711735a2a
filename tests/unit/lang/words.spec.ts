import { readFileSync, globSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** Words that customers and owners misread, or that say the same as another word. */
const NOT_SAID: Record<string, { word: RegExp; say: string }[]> = {
  en: [
    { word: /bring it to me/i, say: 'Home delivery' },
    { word: /\bI fetch\b|fetch it/i, say: 'Pick up' },
    { word: /handing (it )?over/i, say: 'Cash on delivery' },
    { word: /carry on/i, say: 'Continue' },
  ],
  hi: [
    { word: /सहेज/, say: 'सेव' },
    { word: /कुल रकम अब कम है/, say: 'कुल रकम घट गई' },
    { word: /\{n\} सामान/, say: '{n} चीज़ें' },
    { word: /\{(amount|limit)\} (और )?बाकी/, say: 'का और उधार ले सकते हैं' },
  ],
}

const messagesOf = (locale: string) => {
  const folder = app.languageFilesPath(locale)
  return globSync('**/*.json', { cwd: folder }).flatMap((file) => {
    const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n')
    return lines.map((line) => `${file}: ${line.trim()}`)
  })
}

test.group('Words of the messages', () => {
  for (const [locale, notSaid] of Object.entries(NOT_SAID)) {
    for (const { word, say } of notSaid) {
      test(`${locale}: “${say}”, not ${word.source}`, ({ assert }) => {
        const messages = messagesOf(locale)
        assert.isAbove(messages.length, 100)
        assert.deepEqual(
          messages.filter((line) => word.test(line)),
          []
        )
      })
    }
  }

  test('the totals of an owner say that money came, not that something was found', ({ assert }) => {
    const board = messagesOf('hi').filter((line) => line.startsWith('board.json'))
    assert.deepEqual(
      board.filter((line) => /मिल गया/.test(line)),
      []
    )
  })

  test('the ways of getting and paying for an order have the names that people know', ({
    assert,
  }) => {
    const text = messagesOf('en').join('\n')
    for (const said of ['Home delivery', 'Pick up', 'Cash on delivery']) {
      assert.include(text, `"${said}"`)
    }
    assert.notInclude(text, 'Carry on')
  })
})
