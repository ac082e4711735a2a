import QRCode from 'qrcode'
import { rupeesText } from '#locale/rupees'
import { openUpiLink, upiLink } from '#orders/upi_link'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type Khata from '#models/khata'
import type Order from '#models/order'
import ShopSettings from '#models/shop_settings'

interface Wanted {
  paise: number
  payee: string
  note: string
  /** Reference for the shop to find the payment; at most 35 letters and digits. */
  reference: string
}

const CORRECTION = { errorCorrectionLevel: 'M' } as const

/** A payment to the shop's UPI id, made in the customer's UPI app. */
export class UpiPayment {
  private constructor(
    /** The shop's UPI id, also to be copied. */
    readonly id: string,
    private wanted: Wanted
  ) {}

  /**
   * Null when the order is not payable by UPI (any more), the customer has already reported a payment, or the shop
   * has no UPI id.
   */
  static ofOrder(order: Order, client?: QueryClientContract) {
    const { isToBePaid, paymentMethod, paymentState, shopId, shopName, number, totalPaise } = order
    if (!isToBePaid || paymentState !== 'due' || paymentMethod !== 'upi' || !shopId) return null
    const wanted = {
      paise: totalPaise,
      payee: shopName,
      note: `Order ${number}`,
      reference: `KG${shopId.slice(-12)}N${number}`,
    }
    return this.#to(shopId, wanted, client)
  }

  /** For the whole balance. Null when nothing is owed, or the shop has no UPI id. */
  static ofKhata({ id, shop }: Khata, owedPaise: number, client?: QueryClientContract) {
    if (owedPaise <= 0) return null
    const wanted = {
      paise: owedPaise,
      payee: shop.name,
      note: 'Khata',
      reference: `KK${id.replaceAll('-', '')}`,
    }
    return this.#to(shop.id, wanted, client)
  }

  static async #to(shopId: string, wanted: Wanted, client?: QueryClientContract) {
    const { upiId } = await ShopSettings.of(shopId, client)
    return upiId ? new UpiPayment(upiId, wanted) : null
  }

  get paise() {
    return this.wanted.paise
  }

  get payee() {
    return this.wanted.payee
  }

  get reference() {
    return this.wanted.reference
  }

  /** As a UPI app takes it: `52` or `52.50`. */
  get amountText() {
    return rupeesText(this.paise)
  }

  /** Opens the customer's UPI app. */
  get link(): string {
    return upiLink({ upiId: this.id, ...this.wanted })
  }

  /** The link as an SVG QR code, to pay with another phone. @param isOpen the customer enters the amount */
  code(isOpen: boolean): Promise<string> {
    return QRCode.toString(this.#text(isOpen), { type: 'svg', margin: 2, ...CORRECTION })
  }

  /** The same as a PNG picture, for apps that read a code from the phone's pictures. */
  picture(isOpen: boolean): Promise<Buffer> {
    return QRCode.toBuffer(this.#text(isOpen), { type: 'png', margin: 4, scale: 10, ...CORRECTION })
  }

  #text(isOpen: boolean) {
    return isOpen ? openUpiLink({ upiId: this.id, payee: this.payee }) : this.link
  }
}
