import db from '@adonisjs/lucid/services/db'
import type { LucidModel } from '@adonisjs/lucid/types/model'

/** Changes the current row under a lock. @throws E_ROW_NOT_FOUND (404) when it is gone */
export function locked<Model extends LucidModel>(
  model: Model,
  id: string,
  change: (row: InstanceType<Model>) => void | Promise<void>
): Promise<InstanceType<Model>> {
  return db.transaction(async (client) => {
    const row = await model.query({ client }).where('id', id).forUpdate().firstOrFail()
    await change(row)
    return row.save()
  })
}
