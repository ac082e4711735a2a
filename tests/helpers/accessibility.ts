import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  impact: string
  nodes: { target: string[] }[]
}

/** What axe finds on the page, as `rule: elements`. */
export async function findings(page: Page): Promise<string[]> {
  return (await violationsOf(page)).map(written)
}

/** The serious and critical ones. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const violations = await violationsOf(page)
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(written)
}

async function violationsOf(page: Page): Promise<Violation[]> {
  await page.evaluate(AXE)
  return (await page.evaluate(() => (globalThis as any).axe.run())).violations
}

const written = ({ id, nodes }: Violation) => {
  return `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`
}

/** Text that is cut off: of elements that hide what does not fit, and are no place to scroll. */
export function lostText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as any
    const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    return [...document.querySelectorAll('body *')]
      .filter((element: any) => {
        const { overflowX, overflowY, clipPath } = getComputedStyle(element)
        if (clipPath !== 'none' || !element.textContent.trim()) return false
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
        if (clientWidth === 0) return false
        return (
          (cuts(overflowX) && scrollWidth > clientWidth + 1) ||
          (cuts(overflowY) && scrollHeight > clientHeight + 1)
        )
      })
      .map(({ localName, className, textContent }: any) => {
        return `${localName}.${className}: ${textContent.trim().slice(0, 40)}`
      })
  })
}
