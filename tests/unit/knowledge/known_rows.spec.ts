import { test } from '@japa/runner'
import { KnownRows } from '#knowledge/known_rows'
import { Lease, thisMoment } from '#knowledge/lease'
import { RecentChanges } from '#knowledge/recent_changes'

test.group('Rows that a process knows', () => {
  test('take no more bytes than they may, and those go that were used longest ago', async ({
    assert,
  }) => {
    const read: string[] = []
    const lease = new Lease()
    lease.extend(thisMoment())
    const rows = new KnownRows<{ lines: string }>(
      {
        table: 'carts',
        bytes: 100_000,
        read: async (id) => {
          read.push(id)
          return { lines: 'x'.repeat(5_000) }
        },
      },
      lease,
      new RecentChanges(),
      null
    )
    for (let number = 0; number < 30; number++) {
      await rows.find(`cart ${number}`)
      await rows.find('cart 0')
    }
    assert.lengthOf(read, 30)
    const known = read.filter((id) => rows.known(id))
    assert.isAtMost(known.length, 10)
    assert.includeMembers(known, ['cart 0', 'cart 29', 'cart 28'])
  })
})
