import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Serious and critical findings of axe on the page, as `rule: elements`. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => (globalThis as any).axe.run())
  return violations
    .filter(({ impact }: { impact: string }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }: { id: string; nodes: { target: string[] }[] }) => {
      return `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`
    })
}
