import { PortionRefused, type Sold } from '#measures/portion'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import type Product from '#models/product'
import { amendedPrice, refusalOf } from '#orders/amended_lines'
import { newLine } from '#orders/ordered_line'
import { readLine, soldOf, steppedLine } from '#orders/typed_line'

/** What was typed: texts of lines by their ids and of added products by theirs, and a button. */
export interface LinesDraft {
  lines?: Record<string, string | null>
  added?: Record<string, { amount: string | null }>
  /** Such as `more 0194…`, of a line or a product. */
  step?: string
}

export type AmendmentLine = ReturnType<typeof lineOf>

interface Typed {
  text?: string | null
  pressed?: string
}

/** Lines of the order that the shop has. Needs the items. */
export function orderedLines(order: Order, products: Product[], draft: LinesDraft) {
  const { lines = {}, added = {} } = draft
  const step = stepOf(draft)
  return order.items
    .filter(({ available }) => available)
    .map((item) => {
      const { id, productId } = item
      const product = products.find((one) => one.id === productId)
      const text = lines[id] === undefined ? added[productId ?? '']?.amount : lines[id]
      const pressed = step.id === id || step.id === productId ? step.pressed : undefined
      return { ...lineOf(item, product, { text, pressed }), isAdded: false }
    })
}

/** Products that the order does not have yet. Without `added` when none of it is left. */
export function addedLines(order: Order, products: Product[], draft: LinesDraft) {
  const { added = {} } = draft
  const step = stepOf(draft)
  const lines = addedIds(order, draft).flatMap((id) => {
    const product = products.find((one) => one.id === id)
    if (!product) return []
    const pressed = step.id === id ? step.pressed : undefined
    const typed = { text: added[id]?.amount, pressed }
    return { ...lineOf(newLine(product), product, typed), isAdded: true }
  })
  return lines.filter(({ quantity }) => quantity !== 0)
}

/** Ids of the products that are to be added. Needs the items. */
export function addedIds({ items }: Order, draft: LinesDraft) {
  const { pressed, id } = stepOf(draft)
  const known = new Set(items.flatMap((item) => [item.id, item.productId]))
  const wanted = new Set(Object.keys(draft.added ?? {}))
  if (pressed === 'more') wanted.add(id)
  return [...wanted].filter((one) => !known.has(one))
}

function stepOf({ step = '' }: LinesDraft) {
  const [pressed, id = ''] = step.split(' ')
  return { pressed, id }
}

function lineOf(item: OrderItem, product: Product | undefined, { text, pressed }: Typed) {
  const sold = soldOf(item, product)
  const read = text === undefined ? item.quantity : quantityOf(text, item, sold)
  const quantity = pressed ? steppedLine(pressed, read ?? item.quantity, sold) : read
  const further = steppedLine('more', quantity ?? item.quantity, sold)
  return {
    item,
    sold,
    /** Null when it cannot be read. */
    quantity,
    isPressed: pressed !== undefined,
    /** What the field shows; null for the quantity. */
    typed: pressed || quantity !== null ? null : (text ?? ''),
    refusal: quantity === null ? null : refusalOf(item, product, quantity),
    /** Why there is no more. */
    most: refusalOf(item, product, further),
    ...amendedPrice(item, product, quantity ?? item.quantity),
  }
}

function quantityOf(text: string | null, item: OrderItem, sold: Sold) {
  try {
    return readLine(text ?? '', item, sold)
  } catch (error) {
    if (error instanceof PortionRefused) return error.portion?.quantity ?? null
    throw error
  }
}
