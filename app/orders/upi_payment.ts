import QRCode from 'qrcode'
import type Khata from '#models/khata'
import type Order from '#models/order'
import ShopSettings from '#models/shop_settings'

interface Wanted {
  paise: number
  payee: string
  note: string
  /** What the shop finds the payment by; at most 35 letters and digits. */
  reference: string
}

/** A payment to the shop's own UPI id, which the customer makes in an app of theirs. */
export class UpiPayment {
  private constructor(
    private upiId: string,
    private wanted: Wanted
  ) {}

  /**
   * Null when the order is not paid by UPI, or no more, or the shop has no UPI id. Nobody who said that they
   * have paid is asked again.
   */
  static ofOrder(order: Order) {
    const { isToBePaid, paymentMethod, paymentState, shopId, shopName, number, totalPaise } = order
    if (!isToBePaid || paymentState !== 'due' || paymentMethod !== 'upi' || !shopId) return null
    return this.#to(shopId, {
      paise: totalPaise,
      payee: shopName,
      note: `Order ${number}`,
      reference: `KG${shopId.slice(-12)}N${number}`,
    })
  }

  /** Of all that is owed. Null when nothing is, or the shop has no UPI id. */
  static ofKhata({ id, shop }: Khata, owedPaise: number) {
    if (owedPaise <= 0) return null
    return this.#to(shop.id, {
      paise: owedPaise,
      payee: shop.name,
      note: 'Khata',
      reference: `KK${id.replaceAll('-', '')}`,
    })
  }

  static async #to(shopId: string, wanted: Wanted) {
    const { upiId } = await ShopSettings.of(shopId)
    return upiId ? new UpiPayment(upiId, wanted) : null
  }

  get paise() {
    return this.wanted.paise
  }

  get payee() {
    return this.wanted.payee
  }

  /** What a UPI app opens, after NPCI's linking specification, with the amount in rupees. */
  get link(): string {
    const { paise, payee, note, reference } = this.wanted
    const fields = {
      pa: this.upiId,
      pn: payee,
      am: (paise / 100).toFixed(2),
      cu: 'INR',
      tn: note,
      tr: reference,
    }
    const query = Object.entries(fields).map(([key, value]) => {
      return `${key}=${encodeURIComponent(value)}`
    })
    return `upi://pay?${query.join('&')}`
  }

  /** The link as a QR code in SVG, for paying with another phone. */
  code(): Promise<string> {
    return QRCode.toString(this.link, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  }
}
