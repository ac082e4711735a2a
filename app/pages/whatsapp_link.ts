/** Longer addresses are refused on their way to WhatsApp. */
export const LONGEST_LINK = 8_000

/** Link that opens WhatsApp with a text, to an Indian mobile number or a contact chosen in the app. */
export function whatsappLink(text: string, mobile: string | null = null) {
  return `https://wa.me/${mobile ? `91${mobile}` : ''}?text=${encodeURIComponent(text)}`
}

/** A text that others wrote, without what WhatsApp takes for marks of bold, italics and the like. */
export function withoutMarks(text: string) {
  return text.replace(/[*_~`]/g, '')
}
