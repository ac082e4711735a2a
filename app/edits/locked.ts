import db from '@adonisjs/lucid/services/db'
import type { LucidModel, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'

/** Changes the row that the query finds, as it is now, under a lock; the database computes some columns. @throws E_ROW_NOT_FOUND (404) */
export function locked<Model extends LucidModel>(
  rows: ModelQueryBuilderContract<Model>,
  change: (row: InstanceType<Model>) => void | Promise<void>
): Promise<InstanceType<Model>> {
  return db.transaction(async (client) => {
    const row = await rows.useTransaction(client).forUpdate().firstOrFail()
    row.useTransaction(client)
    await change(row)
    await row.save()
    return row.refresh()
  })
}
