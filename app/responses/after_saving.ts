import { DatabaseFailed } from '#exceptions/database_failed'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * Runs what has to be noted once a request is done. When that fails, the answer says that it was saved.
 *
 * @throws DatabaseFailed
 */
export async function afterSaving<T>({ response }: HttpContext, note: () => Promise<T>) {
  const isDone = response.getStatus() < 400
  try {
    return await note()
  } catch (error) {
    throw isDone ? new DatabaseFailed('saved', error) : error
  }
}
