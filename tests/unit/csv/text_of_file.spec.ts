import { test } from '@japa/runner'
import { textOfFile, withoutNul } from '#csv/text_of_file'
import { UnreadableFile } from '#csv/unreadable_file'

const LIST = 'name,unit\nबेसन,1 kg\n'

function refusal(bytes: Buffer) {
  try {
    textOfFile(bytes)
  } catch (error) {
    if (error instanceof UnreadableFile) return error.reason
  }
  return null
}

test.group('The text of a file', () => {
  test('is UTF-8, with or without a mark', ({ assert }) => {
    assert.equal(textOfFile(Buffer.from(LIST)), LIST)
    assert.equal(textOfFile(Buffer.from(`\uFEFF${LIST}`)), LIST)
    assert.equal(textOfFile(Buffer.from('')), '')
  })

  test('is UTF-16 in either order where a mark says so', ({ assert }) => {
    const little = Buffer.from(`\uFEFF${LIST}`, 'utf16le')
    assert.equal(textOfFile(little), LIST)
    assert.equal(textOfFile(Buffer.from(little).swap16()), LIST)
  })

  test('is not guessed in another encoding', ({ assert }) => {
    assert.equal(refusal(Buffer.from(LIST, 'utf16le')), 'not_text')
    assert.equal(refusal(Buffer.from('café', 'latin1')), 'not_text')
    assert.equal(refusal(Buffer.from([0xff, 0x41])), 'not_text')
    assert.equal(refusal(Buffer.from([0xfe, 0x41])), 'not_text')
    assert.equal(refusal(Buffer.from('a\0b')), 'not_text')
    assert.throws(() => withoutNul('\0'), UnreadableFile)
    assert.equal(withoutNul('besan'), 'besan')
  })

  test('that is no text keeps the reason why', ({ assert }) => {
    try {
      textOfFile(Buffer.from([0xc3]))
      assert.fail('it was read')
    } catch (error) {
      assert.instanceOf((error as Error).cause, TypeError)
      assert.equal((error as Error).message, 'Unreadable file: not_text')
    }
  })

  test('other files are called by their name')
    .with([
      { reason: 'spreadsheet', start: 'PK\x03\x04' },
      { reason: 'spreadsheet', start: '\xd0\xcf\x11\xe0' },
      { reason: 'picture', start: '\x89PNG' },
      { reason: 'picture', start: '\xff\xd8\xff\xe0' },
      { reason: 'picture', start: 'GIF89a' },
      { reason: 'picture', start: 'RIFF' },
      { reason: 'picture', start: '\0\0\0\x18ftyp' },
      { reason: 'pdf', start: '%PDF-1.7' },
    ])
    .run(({ assert }, { reason, start }) => {
      assert.equal(refusal(Buffer.from(`${start} and more`, 'latin1')), reason)
      const text = `a${start}`.replaceAll(/[^ -~]/g, '')
      assert.equal(textOfFile(Buffer.from(text)), text, 'only at the beginning')
    })
})
