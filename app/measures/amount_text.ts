import type { I18n } from '@adonisjs/i18n'
import { isLoose, STANDARDS, type Goods } from '#measures/goods'

type Translate = (key: string, values: { n: string; count: number }) => string

/** Writes quantities for people. */
export class AmountText {
  constructor(
    private t: Translate,
    private number: (value: number) => string
  ) {}

  static in(i18n: I18n) {
    return new AmountText(
      (key, values) => i18n.t(key, values),
      (value) => i18n.formatNumber(value)
    )
  }

  /** Base units of a measure: `250 g`, `1.25 kg`, `6 pieces`, `1 dozen`. */
  amount = (baseUnits: number, { measure }: Pick<Goods, 'measure'>) => {
    const { baseUnit, priceUnit, priceUnitSize } = STANDARDS[measure]
    const isLarge =
      measure === 'pieces'
        ? baseUnits > 0 && baseUnits % priceUnitSize === 0
        : baseUnits >= priceUnitSize
    return isLarge
      ? this.#say(priceUnit, baseUnits / priceUnitSize)
      : this.#say(baseUnit, baseUnits)
  }

  /** How much of the goods a line is, to stand before their name: `250 g` of loose goods, `2 ×` of packed ones. */
  portion = (quantity: number, goods: Pick<Goods, 'measure' | 'soldAs'>) => {
    return isLoose(goods) ? this.amount(quantity, goods) : this.#say('packs', quantity)
  }

  /** A stock, without the word for packs. */
  stockWords = (stock: number, goods: Pick<Goods, 'measure' | 'soldAs'>) => {
    return isLoose(goods) ? this.amount(stock, goods) : this.number(stock)
  }

  #say(unit: string, count: number) {
    return this.t(`measures.${unit}`, { n: this.number(count), count })
  }
}
