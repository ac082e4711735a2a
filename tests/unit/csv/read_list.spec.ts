import { test } from '@japa/runner'
import { readList, type ListFormat } from '#csv/read_list'
import { type UnreadableFile } from '#csv/unreadable_file'

const USUAL: ListFormat = { separator: 'usual', columns: null, hasHeader: true }

const cellsOf = (text: string, format = USUAL) => readList(text, format).rows

const NO_HEADER: ListFormat = { ...USUAL, columns: { name: 0, unit: 1 }, hasHeader: false }

const refusal = (text: string, format = USUAL) => {
  try {
    return readList(text, format)
  } catch (error) {
    return (error as UnreadableFile).reason
  }
}

test.group('A list of products', () => {
  test('skips lines of nothing but separators, before its header too', ({ assert }) => {
    const text = ',,,\n \u00a0,\u200b,,\nname,unit,price,stock\n,,,\nBesan,1 kg,52,5\n,,,\n\n'
    assert.deepEqual(cellsOf(text), [{ line: 5, cells: ['Besan', '1 kg', '52', '5'] }])
    assert.equal(refusal('name,unit\n,,\n , ,'), 'empty')
  })

  test('does not count them towards the limit', ({ assert }) => {
    const blank = ',,,\n'.repeat(6_000)
    const rows = (many: number) => 'Besan,1 kg,52,5\n'.repeat(many)
    assert.lengthOf(cellsOf(`${blank}name,unit,price,stock\n${blank}${rows(5_000)}${blank}`), 5_000)
    assert.equal(refusal(`name,unit,price,stock\n${rows(5_001)}`), 'too_long')
    assert.equal(refusal(`name,unit,price,stock\n${rows(9_000)}`), 'too_long')
  })

  test('says how many lines are too many, below titles too', ({ assert }) => {
    const titles = 'Gupta Kirana\n'.repeat(9)
    const rows = 'Besan,1 kg\n'.repeat(5_000)
    assert.lengthOf(cellsOf(`${titles}name,unit\n${rows}`), 5_000)
    try {
      readList(`name,unit\n${rows}Poha,1 kg`, USUAL)
      assert.fail('it was read')
    } catch (error) {
      assert.deepEqual((error as UnreadableFile).values, { most: 5_000 })
    }
  })

  test('takes inch marks for what they are', ({ assert }) => {
    const text = 'name\tunit\tprice\tstock\nAgarbatti 9" pack\t1 pc\t20\t10\nTray 9"\t1 kg\t52\t5'
    assert.deepEqual(cellsOf(text), [
      { line: 2, cells: ['Agarbatti 9" pack', '1 pc', '20', '10'] },
      { line: 3, cells: ['Tray 9"', '1 kg', '52', '5'] },
    ])
  })

  test('has cells without blanks around them, and lines of any length', ({ assert }) => {
    const text = 'name,unit,price\n Besan , 1 kg\nPoha\nSuji,1 kg,40,,fine'
    assert.deepEqual(
      cellsOf(text).map(({ cells }) => cells),
      [['Besan', '1 kg'], ['Poha'], ['Suji', '1 kg', '40', '', 'fine']]
    )
  })

  test('begins after the mark of its encoding', ({ assert }) => {
    const text = '\uFEFF"Besan, fine",1 kg'
    assert.deepEqual(cellsOf(text, NO_HEADER), [{ line: 1, cells: ['Besan, fine', '1 kg'] }])
  })

  test('has a broken line where it is, also after blank ones', ({ assert }) => {
    const rows = cellsOf('name,unit\nPoha,1 kg\n\n  \n"Besan,1 kg\n\nSuji,1 kg')
    assert.deepEqual(rows, [
      { line: 2, cells: ['Poha', '1 kg'] },
      { line: 5, cells: ['"Besan', '1 kg'], broken: true },
      { line: 7, cells: ['Suji', '1 kg'] },
    ])
  })

  for (const [what, line] of [
    ['that opens a quote and does not close it', '"Besan,1 kg,52,5'],
    ['with text after its quote', '"Besan" fine,1 kg,52,5'],
    ['with two kinds of quotes', 'Agarbatti 9" pack,"1 pc,20,10'],
  ]) {
    test(`refuses a line ${what}, and reads those around it`, ({ assert }) => {
      const rows = cellsOf(`name,unit,price,stock\nPoha,1 kg,40,1\n${line}\n"Suji, fine",1 kg,30,2`)
      assert.deepEqual(
        rows.map(({ line: number, broken = false, cells }) => [number, broken, cells[0]]),
        [
          [2, false, 'Poha'],
          [3, true, rows[1].cells[0]],
          [4, false, 'Suji, fine'],
        ]
      )
    })
  }

  test('reads many broken lines without reading the rest again for each', ({ assert }) => {
    const rows = cellsOf(`name\tunit\n${'Tray 9" deep\t1 pc\n'.repeat(5_000)}`)
    assert.lengthOf(rows, 5_000)
    assert.equal(rows[4_999].line, 5_001)
  })

  test('reads broken lines at the beginning of a long list', ({ assert }) => {
    const broken = '"Tray" deep,1 pc\n'.repeat(60)
    for (const blank of [',\n', '"",""\n', '\u200b,\n']) {
      const rows = cellsOf(`name,unit\n${broken}${blank.repeat(100_000)}Besan,1 kg`)
      assert.lengthOf(rows, 61)
      assert.deepEqual(rows[60], { line: 100_062, cells: ['Besan', '1 kg'] })
    }
  })

  test('reads each line on its own once the broken ones have taken ten million characters', ({
    assert,
  }) => {
    const broken = `"Tray" ${'deep '.repeat(20_000)}\n`
    const rows = (many: number) =>
      cellsOf(`name,unit\n${broken.repeat(many)}"Besan\nfine",1 kg\n`)
        .slice(many)
        .map(({ cells }) => cells[0])
    assert.deepEqual(rows(10), ['Besan\nfine'])
    assert.deepEqual(rows(20), ['"Besan', 'fine"'])
  })

  test('keeps a line break in quotes, and ends lines as any system does', ({ assert }) => {
    const rows = cellsOf('name,unit\r\n"Besan\nfine",1 kg\rPoha,1 kg\nSuji,1 kg')
    assert.deepEqual(
      rows.map(({ line, cells }) => [line, cells[0]]),
      [
        [3, 'Besan\nfine'],
        [4, 'Poha'],
        [5, 'Suji'],
      ]
    )
  })

  test('is split at tabs when one of its first lines has one', ({ assert }) => {
    const tabs = 'Gupta Kirana, Indore\n \nname\tunit\nBesan, fine\t1 kg'
    assert.deepEqual(cellsOf(tabs)[0].cells, ['Besan, fine', '1 kg'])
    const blank = '  \n'.repeat(12)
    assert.deepEqual(cellsOf(`${blank}name\tunit\nBesan, fine\t1 kg`)[0].cells[1], '1 kg')
    const late = `name,unit\n${'Poha,1 kg\n'.repeat(9)}Besan\tfine,1 kg`
    assert.deepEqual(cellsOf(late)[9].cells, ['Besan\tfine', '1 kg'])
  })

  test('is split at semicolons only when its owner says so', ({ assert }) => {
    const text = 'name;unit;price\nBesan, fine;1 kg;52,50'
    assert.isUndefined(readList(text, USUAL).columns.unit)
    const list = readList(text, { ...USUAL, separator: 'semicolon' })
    assert.deepEqual(list.columns, { name: 0, unit: 1, price: 2 })
    assert.deepEqual(list.rows[0].cells, ['Besan, fine', '1 kg', '52,50'])
  })

  test('has its header below the titles that programs put above', ({ assert }) => {
    const text =
      'Gupta Kirana\nStock Summary\n1-Apr-25 to 31-Mar-26\nParticulars,Quantity,Rate\nBesan,5,52'
    const { columns, rows } = readList(text, USUAL)
    assert.deepEqual(columns, { name: 0, stock: 1, price: 2 })
    assert.deepEqual(rows, [{ line: 5, cells: ['Besan', '5', '52'] }])
  })

  test('has its header where the product is named, in one of the first ten lines', ({ assert }) => {
    const list = readList('Unit,Price,Stock\nName,Unit\nBesan,1 kg', USUAL)
    assert.deepEqual([list.columns, list.header], [{ name: 0, unit: 1 }, ['Name', 'Unit']])
    const titles = 'Gupta Kirana\n'.repeat(10)
    assert.deepEqual(readList(`${titles}Name,Unit\nBesan,1 kg`, USUAL).columns, {})
  })

  test('has no header when its owner says so', ({ assert }) => {
    const text = 'Besan,1 kg\nPoha,500 g'
    const list = readList(text, NO_HEADER)
    assert.lengthOf(list.rows, 2)
    assert.deepEqual(list.columns, { name: 0, unit: 1 })
    assert.lengthOf(cellsOf(text, { ...NO_HEADER, hasHeader: true }), 1)
    assert.lengthOf(cellsOf(text, { ...NO_HEADER, columns: null }), 1)
  })

  test('is refused with nothing in it', ({ assert }) => {
    for (const text of ['', '\n', 'name,unit']) assert.equal(refusal(text), 'empty')
  })
})
