/** Of a longer text only the start counts: the rest would take long to read. */
const LONGEST = 200

/** Letters and digits alone, without nukta: `Item Name*`, `item_name` and `ItemName` are one name. */
export function bareName(text: string) {
  return text
    .slice(0, LONGEST)
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]|\u093c/gu, '')
}
