/** Units of the SVG's `viewBox` for each bar with its gap, and for the highest bar. */
const STEP = 10
const WIDTH = 8
export const HEIGHT = 100

export interface Bar {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Bars of a chart, side by side from the left, in a `viewBox` of 10 units for each value by 100 units.
 *
 * @param values at least 0; the largest is as high as the chart, and all are 0 high when it is 0
 */
export function barsOf(values: number[]): Bar[] {
  const most = Math.max(0, ...values)
  return values.map((value, index) => {
    const height = most === 0 ? 0 : Math.round((1000 * value) / most) / 10
    const y = Math.round(10 * (HEIGHT - height)) / 10
    return { x: index * STEP + (STEP - WIDTH) / 2, y, width: WIDTH, height }
  })
}
