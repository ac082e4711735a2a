import type Order from '#models/order'

/**
 * What a UPI app opens to pay an order, after NPCI's linking specification: payee, amount in rupees, and
 * the order as the reference. Null when the order is not paid by UPI or the shop has no UPI id.
 */
export function upiLink(
  { number, shopName, totalPaise, paymentMethod }: Order,
  upiId: string | null
): string | null {
  if (paymentMethod !== 'upi' || !upiId) return null
  const fields = {
    pa: upiId,
    pn: shopName,
    am: (totalPaise / 100).toFixed(2),
    cu: 'INR',
    tn: `Order ${number}`,
    tr: `KG${number}`,
  }
  const query = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
  return `upi://pay?${query.join('&')}`
}
