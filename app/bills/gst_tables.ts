/** Tables of GSTR-1 with sales to consumers, and with the documents issued. */
export const GST_TABLES = ['b2cs', 'hsn', 'docs'] as const
export type GstTable = (typeof GST_TABLES)[number]
