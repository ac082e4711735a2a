import { DatabaseFailed } from '#exceptions/database_failed'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * Runs follow-up work after the commit. If it fails, the response says that the data was saved.
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
