import type { I18n } from '@adonisjs/i18n'
import type { DeliveryArea } from '#delivery/delivery_area'
import type { DeliveryTo } from '#delivery/delivery_to'

/** More PIN codes are counted. */
const MOST_NAMED = 3

/** Where a shop delivers to, as a sentence. */
export function deliversTo(i18n: I18n, number: (n: number) => string, area: DeliveryArea) {
  if (area.kind !== 'pins') {
    const n = area.kind === 'kilometres' ? number(area.kilometres) : ''
    const prefix = 'prefix' in area ? area.prefix : ''
    return i18n.t(`delivery.to.${area.kind}`, { n, prefix })
  }
  const pins = area.pins.slice(0, MOST_NAMED).join(', ')
  const more = area.pins.length - MOST_NAMED
  const named = more > 0 ? i18n.t('delivery.and_more', { pins, n: number(more) }) : pins
  return i18n.t('delivery.to.pins', { pins: named })
}

/** What a delivery to a place costs or lacks, in a few words. */
export function deliveryNote(i18n: I18n, money: (paise: number) => string, delivery: DeliveryTo) {
  const { reach, area, pin, tooLittlePaise, moreForFreePaise, feePaise } = delivery
  if (area.kind === 'nowhere') return i18n.t('delivery.to.nowhere')
  if (reach === 'outside') return i18n.t('delivery.not_to', { pin })
  if (tooLittlePaise > 0) return i18n.t('cart.missing', { amount: money(tooLittlePaise) })
  if (moreForFreePaise > 0) return i18n.t('cart.missing_free', { amount: money(moreForFreePaise) })
  return feePaise > 0
    ? i18n.t('shops.delivery_for', { fee: money(feePaise) })
    : i18n.t('shops.delivery_free')
}
