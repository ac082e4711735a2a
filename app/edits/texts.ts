import { rupeesText } from '#locale/rupees'
import { eachText, TEXT_NAMES } from '#models/product_texts'
import type { Texts } from '#edits/edit'
import type ShopSettings from '#models/shop_settings'
import type { ProductDetails } from '#transformers/product_transformer'

export const PRODUCT_FIELDS = ['name', ...TEXT_NAMES, 'category', 'unit', 'price', 'stock'] as const
export type ProductField = (typeof PRODUCT_FIELDS)[number]

export const SHOP_FIELDS = ['name', 'city', 'pin_code'] as const
export const SETTINGS_FIELDS = [
  'minimum_order',
  'delivery_fee',
  'accept_within',
  'upi_id',
  'packing_tolerance',
  'fssai_number',
  'tax_scheme',
  'gstin',
  'legal_name',
  'legal_address',
] as const
export const ACCOUNT_FIELDS = ['full_name', 'address', 'mobile', 'locale'] as const
export const LIMIT_FIELDS = ['limit'] as const

export function productTexts(product: ProductDetails): Texts<ProductField> {
  const { name, category, unit, pricePaise, stock } = product
  const texts = eachText(({ property }) => product[property] ?? '')
  const price = rupeesText(pricePaise)
  return { name, ...texts, category: category ?? '', unit, price, stock: `${stock}` }
}

export function shopTexts(shop: { name: string; city: string; pinCode: string | null }) {
  return { name: shop.name, city: shop.city, pin_code: shop.pinCode ?? '' }
}

export function settingsTexts(settings: ShopSettings['details']) {
  return {
    minimum_order: rupeesText(settings.minimumOrderPaise),
    delivery_fee: rupeesText(settings.deliveryFeePaise),
    accept_within: String(settings.acceptWithinMinutes),
    upi_id: settings.upiId ?? '',
    packing_tolerance: String(settings.packingTolerancePercent),
    fssai_number: settings.fssaiNumber ?? '',
    tax_scheme: settings.taxScheme ?? '',
    gstin: settings.gstin ?? '',
    legal_name: settings.legalName ?? '',
    legal_address: settings.legalAddress ?? '',
  }
}

/** A user without a chosen language gets the browser's. */
export function accountTexts(
  user: { fullName: string; address: string; mobile: string; locale: string | null },
  { locale }: { locale: string }
) {
  const { fullName, address, mobile } = user
  return { full_name: fullName, address, mobile, locale: user.locale ?? locale }
}

export function limitTexts({ limitPaise }: { limitPaise: number }) {
  return { limit: rupeesText(limitPaise) }
}
