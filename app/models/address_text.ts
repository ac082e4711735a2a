import { plain } from '#numbers/plain'
import { readPinCode } from '#numbers/pin_code'

interface Parts {
  line: string
  landmark?: string | null
  city?: string | null
  pinCode: string
}

/** `12 MG Road, near the temple, Indore 452001`, as an order keeps it. */
export function addressText({ line, landmark, city, pinCode }: Parts) {
  return `${[line, landmark, city].filter(Boolean).join(', ')} ${pinCode}`
}

/** What an address in one line has before its PIN code, and the PIN code, each empty when there is none. */
export function partsOfAddress(text: string) {
  const [, line, pin] = /^(.*?)[\s,-]*(?<!\p{Nd})(\S{3} ?\S{3})$/su.exec(text) ?? []
  const pinCode = pin && /^\d/.test(plain(pin)) ? readPinCode(pin) : null
  return pinCode ? { line, pinCode } : { line: text, pinCode: '' }
}
