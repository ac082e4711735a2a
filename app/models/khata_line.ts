import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import KhataTransaction, { type KhataEntry } from '#models/khata_transaction'

/** Moves `amountPaise` from the other account to the locked khata; back when negative. */
export async function writeLine(
  khata: { id: string },
  line: Partial<KhataTransaction>,
  account: KhataEntry['account'],
  amountPaise: number,
  client: TransactionClientContract
) {
  const written = await KhataTransaction.create({ ...line, khataId: khata.id }, { client })
  await client.rawQuery(
    `INSERT INTO khata_entries (transaction_id, account, amount_paise)
     VALUES (:id, 'khata', :amountPaise), (:id, :account, -cast(:amountPaise AS bigint))`,
    { id: written.id, account, amountPaise }
  )
  return written
}
