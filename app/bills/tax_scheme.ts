/** How a shop pays GST. A shop that has not said so has none of them. */
export const TAX_SCHEMES = ['unregistered', 'composition', 'regular'] as const
export type TaxScheme = (typeof TAX_SCHEMES)[number]

/** Shops in these have a GSTIN. */
export const REGISTERED: TaxScheme[] = ['composition', 'regular']
