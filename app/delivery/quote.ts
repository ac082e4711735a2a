/** What a shop asks for a delivery, in paise. */
export interface DeliveryTerms {
  deliveryFeePaise: number
  /** Value of items from which delivery is free; null for never. */
  freeDeliveryFromPaise: number | null
  minimumOrderPaise: number
}

export interface Quote {
  feePaise: number
  minimumPaise: number
  /** What is missing to the minimum; 0 when it is reached. */
  tooLittlePaise: number
  freeFromPaise: number | null
  /** What is missing to a free delivery; 0 when it is free, or never gets free. */
  moreForFreePaise: number
}

/** The terms for items of this value. */
export function quoteFor(terms: DeliveryTerms, itemsPaise: number): Quote {
  const { deliveryFeePaise, freeDeliveryFromPaise, minimumOrderPaise } = terms
  const isFree = freeDeliveryFromPaise !== null && itemsPaise >= freeDeliveryFromPaise
  const feePaise = isFree ? 0 : deliveryFeePaise
  return {
    feePaise,
    minimumPaise: minimumOrderPaise,
    tooLittlePaise: Math.max(0, minimumOrderPaise - itemsPaise),
    freeFromPaise: freeDeliveryFromPaise,
    moreForFreePaise:
      feePaise > 0 && freeDeliveryFromPaise !== null ? freeDeliveryFromPaise - itemsPaise : 0,
  }
}
