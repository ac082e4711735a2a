import { ServerUptimes } from '#orders/server_uptimes'
import { waitsUntil } from '#orders/waiting_time'

interface Waiting {
  id: string
  waitingSince: Date
  acceptWithinMinutes: number
}

/** Until when each of these orders waits to be accepted, if a server stays up: by the id of the order. */
export async function deadlinesOf(waiting: Waiting[]): Promise<Map<string, Date>> {
  if (waiting.length === 0) return new Map()
  const oldest = Math.min(...waiting.map(({ waitingSince }) => waitingSince.getTime()))
  const { up } = await ServerUptimes.from(new Date(oldest))
  return new Map(
    waiting.map(({ id, waitingSince, acceptWithinMinutes }) => {
      return [id, waitsUntil(waitingSince, acceptWithinMinutes, up)]
    })
  )
}
