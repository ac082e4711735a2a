/** Opens WhatsApp with this text: to one Indian mobile number, or to whom the person chooses. */
export function whatsappLink(text: string, mobile: string | null = null) {
  return `https://wa.me/${mobile ? `91${mobile}` : ''}?text=${encodeURIComponent(text)}`
}
