import { plain } from '#numbers/plain'

const WRITTEN = /^(\d{1,2})(?:[:.](\d{2})(?::00)?)? ?([ap])?\.?m?\.?$/i

/** Minutes of the day; null for anything else. Reads `21:00`, `9`, `9.30`, `9:30 pm`, `२१:००` and `24:00` as midnight, 0. */
export function readClockTime(text: string): number | null {
  const [, hours, minutes = '0', half] = WRITTEN.exec(plain(text)) ?? []
  if (hours === undefined || Number(minutes) > 59) return null
  const most = half ? 12 : 24
  if (Number(hours) > most || (half && Number(hours) === 0)) return null
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours)
  return hour === 24 ? (Number(minutes) === 0 ? 0 : null) : hour * 60 + Number(minutes)
}

/** 1260 → `21:00`; past midnight of the next day. */
export function clockText(minute: number) {
  const ofDay = minute % 1440
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`
}
