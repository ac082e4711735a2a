/** Link that opens WhatsApp with a text, to an Indian mobile number or a contact chosen in the app. */
export function whatsappLink(text: string, mobile: string | null = null) {
  return `https://wa.me/${mobile ? `91${mobile}` : ''}?text=${encodeURIComponent(text)}`
}
