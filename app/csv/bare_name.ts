/** Letters and digits alone, without nukta: `Item Name*`, `item_name` and `ItemName` are one name. */
export function bareName(text: string) {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]|\u093c/gu, '')
}
