import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Opening } from '#hours/opening'
import { ServerUptimes } from '#orders/server_uptimes'
import { waitsUntil } from '#orders/waiting_time'

interface Waiting {
  id: string
  waitingSince: Date
  acceptWithinMinutes: number
  /** When its shop is open. */
  opening: Opening | null
}

/** When each waiting order expires if a server stays up, by order id. */
export async function deadlinesOf(
  waiting: Waiting[],
  client?: QueryClientContract
): Promise<Map<string, Date>> {
  if (waiting.length === 0) return new Map()
  const oldest = Math.min(...waiting.map(({ waitingSince }) => waitingSince.getTime()))
  const { up } = await ServerUptimes.from(new Date(oldest), client)
  return new Map(
    waiting.map(({ id, waitingSince, acceptWithinMinutes, opening }) => {
      return [id, waitsUntil(waitingSince, acceptWithinMinutes, up, opening)]
    })
  )
}
