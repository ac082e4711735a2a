import type { AreaKind } from '#delivery/delivery_area'
import type { DemoShop } from './generator.js'
import { Random } from './random.js'

export interface DemoDelivery {
  area: AreaKind | null
  kilometres: number | null
  feePaise: number
  freeFromPaise: number | null
  minimumPaise: number
}

const STREAM = 8

const AREAS: (AreaKind | null)[] = ['district', 'kilometres', null]
const FEES = [0, 1_500, 2_000, 3_000]
const FREE_FROM = [null, 30_000, 50_000]
const MINIMA = [0, 0, 10_000, 15_000]

/** The first shop delivers in its district; of the others some say a distance, and some nothing. */
export function deliveryOf({ ordinal }: DemoShop, seed: number): DemoDelivery {
  const random = new Random(seed, STREAM, ordinal)
  const area = ordinal === 0 ? 'district' : random.pick(AREAS)
  const feePaise = random.pick(FEES)
  return {
    area,
    kilometres: area === 'kilometres' ? 5 + random.below(20) : null,
    feePaise,
    freeFromPaise: feePaise === 0 ? null : random.pick(FREE_FROM),
    minimumPaise: random.pick(MINIMA),
  }
}
