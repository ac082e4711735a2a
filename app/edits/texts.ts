import { rupeesText } from '#locale/rupees'
import { isLoose } from '#measures/goods'
import { stockText } from '#measures/stock'
import { STANDARD_TEXTS, writtenAmount, writtenAmounts } from '#measures/written_amount'
import { labelTexts } from '#models/product_label'
import { eachText } from '#models/product_texts'
import type { Texts } from '#edits/edit'
import type Address from '#models/address'
import type ShopSettings from '#models/shop_settings'
import type Product from '#models/product'
import type { ProductField } from '#validators/product'

export const SHOP_FIELDS = ['name', 'city', 'pin_code'] as const
export const SETTINGS_FIELDS = [
  'minimum_order',
  'delivery_fee',
  'free_delivery_from',
  'delivery_area',
  'delivery_pins',
  'delivery_prefix',
  'delivery_kilometres',
  'accept_within',
  'upi_id',
  'packing_tolerance',
  'fssai_number',
  'tax_scheme',
  'gstin',
  'legal_name',
  'legal_address',
  'phone',
  'address',
] as const
export const ACCOUNT_FIELDS = ['full_name', 'address', 'mobile', 'locale'] as const
export const ADDRESS_FIELDS = [
  'label',
  'address',
  'landmark',
  'city',
  'pin_code',
  'mobile',
] as const
export const LIMIT_FIELDS = ['limit'] as const

export function productTexts(product: Product['details']): Texts<ProductField> {
  const texts = eachText(({ property }) => product[property] ?? '')
  const { name, category } = product
  const label = labelTexts(product)
  return { name, ...texts, category: category ?? '', ...goodsTexts(product), ...label }
}

/** Packs have the standard amounts of their measure ready, loose goods no unit of a pack. */
function goodsTexts(product: Product['details']) {
  const { measure, pricePaise, mrpPaise, soldAs, unit } = product
  return {
    sold_as: soldAs,
    measure,
    unit: isLoose(product) ? '' : unit,
    ...(amountTexts(product) ?? STANDARD_TEXTS[measure]),
    price: rupeesText(pricePaise),
    mrp: mrpPaise === null ? '' : rupeesText(mrpPaise),
    stock: stockText(product),
  }
}

/** What loose goods can be bought in; null for packs. */
export function amountTexts({ measure, smallest, step, presets }: Product['details']) {
  if (smallest === null || step === null || presets === null) return null
  return {
    smallest: writtenAmount(smallest, measure),
    step: writtenAmount(step, measure),
    presets: writtenAmounts(presets, measure),
  }
}

export function shopTexts(shop: { name: string; city: string; pinCode: string | null }) {
  return { name: shop.name, city: shop.city, pin_code: shop.pinCode ?? '' }
}

export function settingsTexts(settings: ShopSettings['details']) {
  return {
    minimum_order: rupeesText(settings.minimumOrderPaise),
    delivery_fee: rupeesText(settings.deliveryFeePaise),
    free_delivery_from:
      settings.freeDeliveryFromPaise === null ? '' : rupeesText(settings.freeDeliveryFromPaise),
    delivery_area: settings.deliveryArea ?? '',
    delivery_pins: settings.deliveryPins?.join(', ') ?? '',
    delivery_prefix: settings.deliveryPrefix ?? '',
    delivery_kilometres: settings.deliveryKilometres?.toString() ?? '',
    accept_within: String(settings.acceptWithinMinutes),
    upi_id: settings.upiId ?? '',
    packing_tolerance: String(settings.packingTolerancePercent),
    fssai_number: settings.fssaiNumber ?? '',
    tax_scheme: settings.taxScheme ?? '',
    gstin: settings.gstin ?? '',
    legal_name: settings.legalName ?? '',
    legal_address: settings.legalAddress ?? '',
    phone: settings.phone ?? '',
    address: settings.address ?? '',
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

export function addressTexts(address: Address): Texts<(typeof ADDRESS_FIELDS)[number]> {
  const { label, line, landmark, city, pinCode, mobile } = address
  return {
    label: label ?? '',
    address: line,
    landmark: landmark ?? '',
    city: city ?? '',
    pin_code: pinCode,
    mobile,
  }
}

export function limitTexts({ limitPaise }: { limitPaise: number }) {
  return { limit: rupeesText(limitPaise) }
}
